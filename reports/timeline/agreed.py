"""What people set and how it stands: conditions and wishes, and the progress of the work."""

from collections.abc import Iterator

from language.said import fact
from reports.timeline.happening import Asked, Happening
from response.cards.card import text_in
from response.conditions.agreed_history import agreed_revisions, delivered_agreed
from response.conditions.condition import Condition, Wish
from response.progress.plan import Plan
from response.progress.plan_history import plan_revisions
from visuals.account.condition_words import state_name, wish_state_name


def conditions(asked: Asked) -> Iterator[Happening]:
    """Yield which conditions and wishes were set, and every decision on how one stands."""
    before = delivered_agreed(asked.area.id)
    for one in agreed_revisions(asked.area.id):
        now = one.agreed
        was, is_now = before.condition(one.about), now.condition(one.about)
        wished = {wish.id: wish for wish in before.wishes}.get(one.about)
        wish = {wish.id: wish for wish in now.wishes}.get(one.about)
        before, why = now, asked.within(one.reason)
        if is_now is not None:
            decided = is_now.decided if was is not None and is_now.decided != was.decided else None
            text, why = _condition(is_now, was, asked), decided.reason if decided else why
        elif wish is not None:
            text = _wish(wish, wished, asked)
        else:
            continue
        yield Happening(f"agreed-{one.number}", one.at, text, why, by=one.role, page="conditions")


def _condition(one: Condition, was: Condition | None, asked: Asked) -> str:
    lang, said = asked.lang, fact(one.text(asked.lang), "condition")
    if was is None:
        return lang.t("A condition was set: {text}", text=said)
    if one.decided is None or one.decided == was.decided:
        return lang.t("This condition was changed: {text}", text=said)
    state = fact(state_name(one.state, lang), "condition")
    return lang.t("This condition is {state}, says {body}: {text}", state=state, body=one.decided.by, text=said)


def _wish(one: Wish, was: Wish | None, asked: Asked) -> str:
    lang, said = asked.lang, fact(text_in(one.texts, asked.lang), "condition")
    if was is None:
        return lang.t("Asked for by {group}: {text}", group=one.asked_by, text=said)
    return lang.t("How it stands with a wish ({state}): {text}", state=wish_state_name(one.state, lang), text=said)


def progress(asked: Asked) -> Iterator[Happening]:
    """Yield the decision on use, and what of the work was done, held or told."""
    before = Plan()
    for one in plan_revisions(asked.area.id):
        for step, text, why in _steps(one.plan, before, asked):
            key = f"progress-{one.number}-{step}"
            yield Happening(key, one.at, text, why, by=one.role, page="progress")
        before = one.plan


def _steps(plan: Plan, before: Plan, asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Yield what differs of two plans: a short name, what it is in words, and the reason that was given."""
    lang = asked.lang
    if plan.use is not None and plan.use != before.use:
        body = plan.use.by
        go, no_go = (
            lang.t("It was decided that this app may be used. Decided by: {body}.", body=body),
            lang.t("It was decided that this app may not be used. Decided by: {body}.", body=body),
        )
        yield "use", go if plan.use.outcome == "go" else no_go, plan.use.reason
    done = {result.id for result in before.results if result.done}
    for result in plan.results:
        if result.done and result.id not in done:
            yield result.id, lang.t("Done: {text}", text=fact(result.text(lang), "setting")), ""
    for meeting in plan.meetings:
        if meeting.id not in {one.id for one in before.meetings}:
            yield meeting.id, lang.t("Work packages meet: {text}", text=fact(meeting.name, "setting")), ""
    sent = {one.id for one in before.tellings if one.sent}
    for telling in plan.seen_by(professional=asked.professional):
        if telling.sent and telling.id not in sent:
            yield telling.id, lang.t("Told: {text}", text=fact(telling.text(lang), "setting")), ""
