"""Questions about a file as choices, and choices as answers."""

from __future__ import annotations

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.choices import answered, choices_of
from activetui.importing.asking.questions import Question


def test_each_value_of_an_option_is_a_choice_in_words() -> None:
    choices = choices_of(Question("date_order", "", "--date-order dmy|mdy"), ["Data"])
    assert [(one.option, one.title) for one in choices] == [
        ("--date-order dmy", "day, month, year"), ("--date-order mdy", "month, day, year"),
    ]
    assert answered(Answers(), choices[1].option) == Answers(date_order="mdy")


def test_what_a_column_would_mean_is_said_in_words() -> None:
    asked = Question("meaning", "", "--map Fecha=date | --map Fecha=visit_date | --map Fecha=ignore")
    assert [one.title for one in choices_of(asked, ["Fecha"])] == [
        "Fecha is: day of the purchase", "Fecha is: day of the visit or booking", "Fecha is: not used",
    ]


def test_a_question_for_any_column_is_offered_for_each() -> None:
    asked = Question("customer", "", "--map COLUMN=name | --map COLUMN=email")
    choices = choices_of(asked, ["A|B", "", "C=D"])
    assert [one.option for one in choices][:3] == ["--map 'A|B=name'", "--map 2=name", "--map C=D=name"]
    assert answered(Answers(), choices[2].option).columns == {"C=D": "name"}
    assert len(choices) == 6


def test_options_that_belong_together_are_one_choice() -> None:
    (choice,) = choices_of(Question("header", "", "--map 1=name --map 2=email"), ["1", "2"])
    assert answered(Answers(columns={"3": "phone"}), choice.option).columns == {
        "1": "name", "2": "email", "3": "phone",
    }


def test_an_answer_leaves_the_others_as_they_are() -> None:
    before = Answers(currency="EUR", columns={"Data": "date"})
    after = answered(before, "--same-sale skip")
    assert (after.currency, after.columns, after.same_sale) == ("EUR", {"Data": "date"}, "skip")
