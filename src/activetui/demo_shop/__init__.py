"""The invented shop of the demo: Casa Verde, wine and delicatessen, three years of it.

For maintainers: `python -m activetui.demo_shop` writes `demo.db` anew. Everything comes from one seed, so
the same version of the program writes the same ledger every time. Nobody in it exists: e-mail addresses end
in the domains kept for examples, telephone numbers are from ranges kept for fiction or not given out.
"""
