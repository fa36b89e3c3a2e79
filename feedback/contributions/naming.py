"""The choices of a contribution, and what they are called."""

from typing import Final

from language import Language, message_id

ROLES: Final = {
    "resident": message_id("Resident"),
    "entrepreneur": message_id("Entrepreneur"),
    "visitor": message_id("Visitor"),
    "enforcement": message_id("Enforcement officer"),
    "police": message_id("Police"),
    "municipality": message_id("Municipality"),
    "expert": message_id("Expert"),
    "other": message_id("Something else"),
}
"""What people say they are. It opens nothing: what somebody may do is another role (``feedback.people.roles``)."""

TOPICS: Final = {
    "safety": message_id("Safety"),
    "noise": message_id("Noise"),
    "traffic": message_id("Traffic"),
    "parking": message_id("Parking"),
    "waste": message_id("Waste"),
    "swimming": message_id("Safe swimming"),
    "access": message_id("How to get there"),
    "economy": message_id("Economy"),
    "privacy": message_id("Privacy"),
    "forecast": message_id("Whether the forecast is right"),
    "other": message_id("Something else"),
}
MOODS: Final = {
    "glad": message_id("Glad"),
    "neutral": message_id("Neutral"),
    "worried": message_id("Worried"),
    "angry": message_id("Angry"),
}


def role_name(role: str, lang: Language) -> str:
    """Return what somebody says they are."""
    return lang.t(ROLES[role])


def topic_name(topic: str, lang: Language) -> str:
    """Return what a contribution is about."""
    return lang.t(TOPICS[topic])


def mood_name(mood: str, lang: Language) -> str:
    """Return how somebody feels about it."""
    return lang.t(MOODS[mood])
