"""What was found of the chain, in words: for the command and for the page."""

from language import Language, message_id
from response.actions.chain import Verified

_FAULTS = {
    "body": message_id("what stands in it was changed"),
    "before": message_id("it does not follow on the row before: a row was left out, put in or moved"),
    "columns": message_id("what it is found by is not what stands in it"),
    "words": message_id("its words are not the ones that were written"),
}


def verified_sentences(found: Verified, lang: Language) -> list[str]:
    """Say whether the log is as it was written, and if not, which row is the first that is not."""
    if found.rows == 0:
        return [lang.t("The log is empty.")]
    if found.broken is not None:
        said = [
            lang.t(
                "Row {number} of the log is not as it was written: {fault}. The rows before it are. The log goes on "
                "working; keep this file and ask who runs the machine.",
                number=found.broken,
                fault=lang.t(_FAULTS[str(found.fault)]),
            )
        ]
    else:
        said = [lang.n("One row, as it was written.", "{n} rows, all as they were written.", found.rows)]
    if found.erased:
        said.append(
            lang.n(
                "The words of one field were erased since; the row itself is intact.",
                "The words of {n} fields were erased since; the rows themselves are intact.",
                found.erased,
            )
        )
    return [
        *said,
        lang.t(
            "The last row ends in {hash}. Who keeps this elsewhere also sees when the end is cut off.",
            hash=found.head[:16],
        ),
    ]
