"""What the choices of a contribution are called."""

from typing import Any

from language import Language


def role_name(role: str, lang: Language) -> str:
    """Return what somebody says they are."""
    names = {
        "resident": lang.t("Resident"),
        "entrepreneur": lang.t("Entrepreneur"),
        "visitor": lang.t("Visitor"),
        "enforcement": lang.t("Enforcement officer"),
        "police": lang.t("Police"),
        "municipality": lang.t("Municipality"),
        "expert": lang.t("Expert"),
        "other": lang.t("Something else"),
    }
    return names[role]


def topic_name(topic: str, lang: Language) -> str:
    """Return what a contribution is about."""
    names = {
        "safety": lang.t("Safety"),
        "noise": lang.t("Noise"),
        "traffic": lang.t("Traffic"),
        "parking": lang.t("Parking"),
        "waste": lang.t("Waste"),
        "swimming": lang.t("Safe swimming"),
        "access": lang.t("How to get there"),
        "economy": lang.t("Economy"),
        "privacy": lang.t("Privacy"),
        "forecast": lang.t("Whether the forecast is right"),
        "other": lang.t("Something else"),
    }
    return names[topic]


def mood_name(mood: str, lang: Language) -> str:
    """Return how somebody feels about it."""
    names = {
        "glad": lang.t("Glad"),
        "neutral": lang.t("Neutral"),
        "worried": lang.t("Worried"),
        "angry": lang.t("Angry"),
    }
    return names[mood]


def state_name(state: str, reason: str | None, lang: Language) -> str:
    """Return what became of something that was sent, for its author."""
    from feedback.moderation import reason_text

    names: dict[str, Any] = {
        "waiting": lang.t("A moderator reads it first."),
        "published": lang.t("Everybody can read it."),
        "hidden": lang.t("A moderator has hidden it.") + (f" {reason_text(reason, lang)}" if reason else ""),
    }
    return str(names[state])
