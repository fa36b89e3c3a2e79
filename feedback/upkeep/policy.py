"""The privacy statement and the moderation policy in plain words: what the pages show and reports repeat."""

from feedback.contributions.moderation import REASONS, reason_text
from feedback.contributions.small_cells import K
from feedback.upkeep.retention import RULES, rule_text
from language import Language


def privacy_statement(lang: Language) -> list[tuple[str, str]]:
    """Return the statement as (question, answer in Markdown), in the order people ask."""
    kept = "\n".join(f"- {rule_text(rule, lang)}" for rule in RULES)
    kept += "\n- " + lang.t("A workbook: until nobody has changed it for 13 months, or until you delete it.")
    return [
        (
            lang.t("What is it for?"),
            lang.t(
                "We ask how busy it feels, what you think, and what should be done. With your answers the "
                "municipality and the people of the area improve the forecast, the thresholds and the measures. "
                "**They are never used for enforcement**: not to fine, trace or check anybody."
            ),
        ),
        (
            lang.t("What do we keep?"),
            lang.t(
                "What you send: your words and choices, the place and hour they are about, and what you looked at. "
                "What you say you are, such as a resident. A random number that stands for you. "
                "We keep no name, no e-mail address, no telephone number, no internet address and no location of your "
                "phone. You need no account."
            ),
        ),
        (
            lang.t("What stays on your own phone?"),
            lang.t(
                "Your random number and what you have not sent yet. They stay in your browser until you erase them "
                "there. Who enters the code of a session or an invitation gets a cookie that says so. There are no "
                "cookies of others, and nobody follows you."
            )
            + " "
            + lang.t("A cookie remembers for half a year which workbooks you may change.")
            + " "
            + lang.t(
                "When the server runs in several parts, a cookie says which part has your page. That is so before "
                "you enter a code too. It holds nothing about you and goes when you close the browser."
            )
            + " "
            + lang.t("Another remembers the place that you chose as yours. We do not keep it."),
        ),
        (
            lang.t("Who sees it?"),
            lang.t(
                "Everybody can read your words once they are published. Your role, place and hour are told only when "
                "at least {n} responses share them. Moderators see what you sent, but not who you are. Nothing is sold "
                "or given to others, and all of it stays on the machine of the municipality.",
                n=K,
            ),
        ),
        (lang.t("How long do we keep it?"), kept),
        *_rights(lang),
    ]


def _rights(lang: Language) -> list[tuple[str, str]]:
    """Return what people may do, on what ground their words are kept, and by whom."""
    return [
        (
            lang.t("What may you do?"),
            lang.t(
                "You may see, change, download and erase all that is yours: at once, with your code, above. What "
                "you erase is gone at once from the database and its search index. It is gone from backups within "
                "30 days. Without your code we cannot find what is yours, because we do not know who you are. You "
                "may object, and complain to the Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl)."
            ),
        ),
        (
            lang.t("On what legal ground?"),
            lang.t(
                "The municipality's task in the public interest: public order, safety and participation (GDPR "
                "article 6(1)(e)). You are free to take part. Not taking part has no consequences."
            ),
        ),
        (
            lang.t("Who is responsible?"),
            lang.t(
                "The municipality that runs this site. Its data protection officer answers questions about privacy; "
                "ask for the officer (functionaris gegevensbescherming) at the municipality's own address."
            ),
        ),
    ]


def moderation_policy(lang: Language) -> str:
    """Return when and why moderators hide something, in Markdown."""
    reasons = "\n".join(f"- {reason_text(reason, lang)}" for reason in REASONS)
    return "\n\n".join(
        (
            lang.t(
                "Moderators look at words before they are published, or after; a session says which. They hide "
                "something for one of these reasons only:"
            ),
            reasons,
            lang.t(
                "A rude word or sharp criticism is no reason. Who wrote it sees with their code that it is hidden, and "
                "why. A decision can be undone. The log below counts all decisions, without content."
            ),
        )
    )
