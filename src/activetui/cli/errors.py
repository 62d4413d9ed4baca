"""How a command ends: every error in one place, on the error stream, with its exit code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import typer
from typer._click import Parameter
from typer._click import exceptions as click_exceptions

from activetui import __version__
from activetui.cli.clock import made_at
from activetui.cli.output import clean_line
from activetui.ledger.errors import Exit, NeedsAnswer, OwnerError, UsageError
from activetui.locales import _


@contextmanager
def ending(args: Sequence[str]) -> Iterator[None]:
    """Run a command inside, say what went wrong, and leave with the exit code (`SystemExit`)."""
    _prepare_streams()
    try:
        yield
        sys.stdout.flush()
    except typer.Exit as leaving:
        _quiet_flush()
        raise SystemExit(leaving.exit_code) from None
    except OwnerError as error:
        raise SystemExit(report(error)) from None
    except click_exceptions.NoArgsIsHelpError as error:
        _say(error.format_message(), clean=False)
        raise SystemExit(int(Exit.USAGE)) from None
    except click_exceptions.ClickException as error:
        raise SystemExit(report(in_our_words(error))) from None
    except (KeyboardInterrupt, typer.Abort, EOFError):
        raise SystemExit(report(OwnerError(_("Stopped; nothing was changed.")))) from None
    except BrokenPipeError:
        _forget_stdout()
        raise SystemExit(int(Exit.REFUSED)) from None
    except OSError as error:
        raise SystemExit(report(_of_the_system(error))) from None
    except Exception as error:
        raise SystemExit(report(_unexpected(error, args))) from None
    raise SystemExit(int(Exit.DONE))


def report(error: OwnerError) -> int:
    """Say the error on the error stream; its exit code."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    _say(error.message)
    if error.excerpt:
        _say(error.excerpt, clean=False)      # its blanks are what points
    if error.hint:
        _say(error.hint)
    if isinstance(error, NeedsAnswer):
        for option in error.options:
            _say("  " + option)
    return int(error.exit_code)


def in_our_words(error: click_exceptions.ClickException) -> OwnerError:
    """A wrong command line, said in the owner's language."""
    hint = ""
    context = getattr(error, "ctx", None)
    if context is not None:
        hint = _("{command} --help says what it takes.").format(command=context.command_path)
    return UsageError(_usage_message(error), hint)


def _usage_message(error: click_exceptions.ClickException) -> str:
    if isinstance(error, click_exceptions.NoSuchOption):
        message = _("There is no option {name} here.").format(name=error.option_name)
        if error.possibilities:
            near = ", ".join(sorted(error.possibilities))
            message += " " + _("Did you mean {name}?").format(name=near)
        return message
    param = getattr(error, "param", None)
    name = _name_of(param) if param is not None else ""
    if isinstance(error, click_exceptions.MissingParameter):
        return _("{name} is missing.").format(name=name)
    if isinstance(error, click_exceptions.BadOptionUsage):
        return _("The option {name} needs a value.").format(name=error.option_name)
    if isinstance(error, click_exceptions.BadParameter) and param is not None:
        choices = getattr(param.type, "choices", None)
        if choices:
            words = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
            return _("{name} must be one of: {choices}.").format(name=name, choices=words)
        if param.type.name.startswith("int"):
            return _("{name} must be a whole number.").format(name=name)
        if param.type.name.startswith("float"):
            return _("{name} must be a number.").format(name=name)
    unexpected = "Got unexpected extra argument(s) "
    text = error.format_message()
    if text.startswith(unexpected):
        return _("Too much was given: {words}.").format(words=text.removeprefix(unexpected).strip("()"))
    return text


def _name_of(param: Parameter) -> str:
    if param.param_type_name == "option":
        return max(param.opts, key=len)
    return str(param.metavar or (param.name or "").upper())


def _of_the_system(error: OSError) -> OwnerError:
    reason = error.strerror or type(error).__name__
    if error.filename:
        return OwnerError(_("{file}: {reason}.").format(file=error.filename, reason=reason))
    return OwnerError(_("The system refused: {reason}.").format(reason=reason))


def _unexpected(error: Exception, args: Sequence[str]) -> OwnerError:
    message = _("Sorry, this is a mistake in ActiveTUI ({kind}). Nothing half-done was written.")
    message = message.format(kind=type(error).__name__)
    log = _write_detail(error, args)
    if log is None:
        return OwnerError(message)
    return OwnerError(message, _("What happened, without any customer data, is in {file}.").format(file=log))


def _write_detail(error: Exception, args: Sequence[str]) -> Path | None:
    """Write where the mistake happened; its message, values and arguments may hold customers' data: none."""
    from platformdirs import user_log_path

    command = next((word for word in args if word.isidentifier()), "")
    with suppress(OSError):
        folder = user_log_path("activetui", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = folder / "mistakes.log"
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(_detail(error, command))
        return target
    return None


def _detail(error: Exception, command: str) -> str:
    from activetui.cli.commands import table

    known = command if command in table() else "-"
    lines = [f"{made_at()} activetui {__version__} python {sys.version.split()[0]} command {known}"]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(f"  {type(chain).__module__}.{type(chain).__qualname__}")
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        chain = chain.__cause__ or chain.__context__
    return "\n".join(lines) + "\n"


def _say(text: str, *, clean: bool = True) -> None:
    with suppress(OSError, ValueError):
        shown = "\n".join(clean_line(part) for part in text.splitlines()) if clean else text
        print(shown, file=sys.stderr)


def _prepare_streams() -> None:
    """Files and pipes get UTF-8 whatever the locale; a terminal that cannot show a letter gets `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def _quiet_flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()


def _forget_stdout() -> None:
    """Nobody reads any more: keep the interpreter from complaining at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
