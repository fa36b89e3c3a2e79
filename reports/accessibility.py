"""The accessibility statement in plain words, in the order of the Dutch model statement."""

from language import Language


def accessibility_statement(lang: Language) -> list[tuple[str, str]]:
    """Return the statement as (heading, text in Markdown)."""
    return [
        (
            lang.t("How accessible is it?"),
            lang.t(
                "Everybody must be able to use this app. We aim at the European standard EN 301 549, that is WCAG "
                "2.1, level AA. **Status: first measures taken (status C of the Dutch model).** We test it "
                "ourselves at every change. An independent study has not been done yet. Whoever runs this app for "
                "a municipality has it done and publishes the result."
            ),
        ),
        (
            lang.t("What do we test?"),
            _tested(lang),
        ),
        (
            lang.t("What does not work well yet?"),
            _not_yet(lang),
        ),
        (
            lang.t("Does something not work for you?"),
            lang.t(
                "Tell us: on the page 'Responses', or with 'Respond' under a result. You need no account. "
                "The organisation that runs this app answers within two weeks, and gives you the information in "
                "another form when you need it. Are you not content with the answer? You may complain to that "
                "organisation, and then to the National ombudsman (nationaleombudsman.nl)."
            ),
        ),
        (
            lang.t("When was this written?"),
            lang.t(
                "With this version of the program, by its makers, based on their own tests. Whoever runs the app "
                "adds a name, an address for questions and the date. They also register the statement."
            ),
        ),
    ]


def _tested(lang: Language) -> str:
    """Return what is tested, as a list in Markdown."""
    return "\n".join(
        f"- {line}"
        for line in (
            lang.t("Every page, automatically (axe): no serious faults, also on a phone."),
            lang.t("Levels have a colour, a shape and a word. They can be told apart when colour-blind."),
            lang.t("Text has a contrast of at least 4.5 to 1."),
            lang.t("The page works on a screen of 320 pixels wide, without scrolling sideways."),
            lang.t("The main steps work with the keyboard alone: choose an hour, keep a result, present."),
            lang.t("The page says in which language it is, so that a screen reader reads it well."),
            lang.t("The texts are short and plain (B1), and sentences come before numbers."),
        )
    )


def _not_yet(lang: Language) -> str:
    """Return what does not work well yet, as a list in Markdown."""
    return "\n".join(
        f"- {line}"
        for line in (
            lang.t(
                "You cannot tap a place on the map with the keyboard. Use the list 'Place' below the map; the "
                "table says the same as the map."
            ),
            lang.t(
                "Charts are pictures. A title says what they show, and the figures stand behind 'How was this "
                "computed?', on a phone 'Explanation'. What you see when you point at a chart is in those figures too."
            ),
            lang.t("Some words inside tables and charts may be in English, such as those of the menu of a column."),
            lang.t("On a phone, a screen reader does not read the menu as one list."),
            lang.t("We have not yet tried it with people who use a screen reader every day."),
        )
    )
