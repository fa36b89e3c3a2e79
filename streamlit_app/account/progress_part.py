"""How far it is, for everybody: packages with their parties and results, promises kept, support, and the decision."""

from datetime import date

import streamlit as st

from data.area.area import Area
from data.area.partners import Partners, WorkPackage, read_partners
from data.area.zone import in_language
from data.keeping.real_time import real_today
from feedback.contributions.naming import role_name
from language import Language
from language.markdown import as_text, bullets, small
from language.plain import joined
from reports.picture_register import entries
from response.conditions.agreed_history import read_agreed
from response.progress.counted import SUPPORT, Met, meetings, promises, support, support_by_role
from response.progress.plan import Result
from response.progress.plan_history import read_plan
from streamlit_app.shell.tables import show_rows
from visuals.account.condition_words import state_name


def decision(area: Area, lang: Language) -> None:
    """Say whether it was decided to take the app into use, by whom, why, and how its conditions stand now."""
    use = read_plan(area.id).use
    st.header(lang.t("May it be used?"), anchor=False)
    if use is None:
        st.info(lang.t("That is not decided yet. Read everything here as an experiment."), icon=":material/science:")
        return
    day = lang.date(use.on, "d MMMM y")
    if use.outcome == "go":
        st.success(lang.md("Yes. {body} decided so on {day}: {reason}", body=use.by, day=day, reason=use.reason))
    else:
        st.error(lang.md("No. {body} decided so on {day}: {reason}", body=use.by, day=day, reason=use.reason))
    agreed = read_agreed(area.id)
    lines = [
        as_text(f"{condition.text(lang)} ({state_name(condition.state, lang)})")
        for one in use.conditions
        if (condition := agreed.condition(one)) is not None
    ]
    if lines:
        st.markdown(lang.t("On these conditions:"))
        st.markdown(bullets(lines))


def packages(area: Area, lang: Language) -> None:
    """Show each work package with its parties and its results."""
    st.header(lang.t("Work packages"), anchor=False)
    partners, plan, met = read_partners(area.id), read_plan(area.id), meetings(area.id)
    if joint := sum(one.joint for one in met):
        st.markdown(lang.n("Work packages met once together.", "Work packages met {n} times together.", joint))
    if not partners.package:
        st.info(lang.t("This area names no work packages. They are listed in its file partners.toml."))
    empty = []
    for package in partners.package:
        here = [one for one in met if package.id in one.packages]
        if not here and not any(one.package == package.id for one in plan.results):
            empty.append(as_text(package.name(lang)))
            continue
        with st.container(border=True):
            st.subheader(as_text(package.name(lang)), anchor=False)
            _package(package, partners, here, lang)
            today = real_today(area.tz)
            if rows := [_row(one, today, lang) for one in plan.results if one.package == package.id]:
                show_rows(rows)
    if empty:
        st.markdown(lang.t("Nobody filled in yet how far these are:"))
        st.markdown(bullets(empty))
    answering = [one for one in partners.partner if one.answers_for]
    if answering:
        st.header(lang.t("Who is responsible for what"), anchor=False)
        st.markdown(bullets(as_text(f"{one.name(lang)}: {in_language(one.answers_for, lang)}") for one in answering))


def _package(package: WorkPackage, partners: Partners, met: list[Met], lang: Language) -> None:
    names = [found.name(lang) for one in package.partners if (found := partners.find(one)) is not None]
    if names:
        st.markdown(lang.md("With: {parties}.", parties=joined(names, lang)))
    for one in met:
        others = [other.name(lang) for other in partners.package if other.id in one.packages and other != package]
        values = {"day": lang.date(one.day, "d MMMM y"), "name": one.name}
        if others:
            st.markdown(lang.md("Met on {day} about '{name}', with {others}.", **values, others=joined(others, lang)))
        else:
            st.markdown(lang.md("Met on {day} about '{name}'.", **values))


def _row(one: Result, today: date, lang: Language) -> dict[str, str]:
    if one.done is not None:
        stands = lang.t("done on {day}", day=lang.date(one.done, "d MMM y"))
    else:
        stands = lang.t("late") if one.late(today) else lang.t("under way")
    return {
        lang.t("Result"): one.text(lang),
        lang.t("Due"): lang.date(one.due, "d MMM y") if one.due else "",
        lang.t("How it stands"): stands,
        lang.t("Proof"): one.proof,
        lang.t("Checked by"): one.checked_by,
    }


def kept(area: Area, lang: Language) -> None:
    """Count the promises that were kept, from what is stored."""
    found = promises(area.id, real_today(area.tz), area.tz)
    st.header(lang.t("Promises kept"), anchor=False)
    number = lang.number
    lines: list[str] = []
    if found.answers_due:
        given = {"kept": number(found.answers_in_time), "due": number(found.answers_due)}
        lines.append(lang.t("Advice answered by the promised day: {kept} of {due}.", **given))
    if found.conditions:
        met = {"met": number(found.conditions_met), "all": number(found.conditions)}
        lines.append(lang.t("Conditions met: {met} of {all}.", **met))
    if found.forecasts:
        lines.append(lang.t("Forecasts compared with what came: {count}.", count=number(found.forecasts)))
    st.markdown(bullets(as_text(one) for one in lines) if lines else lang.t("Nothing was promised yet."))


def felt(area: Area, lang: Language) -> None:
    """Show what the people in sessions said about support, by session."""
    st.header(lang.t("What those in the room said about it"), anchor=False)
    rows = [
        {
            lang.t("Session"): f"{one.title}, {lang.date(one.day, 'd MMM y')}",
            lang.t("Statement"): lang.t(SUPPORT[one.statement]),
            lang.t("Agree"): lang.number(one.agree),
            lang.t("Disagree"): lang.number(one.disagree),
            lang.t("Neither"): lang.number(one.neither),
        }
        for one in support(area.id)
    ]
    if rows:
        show_rows(rows)
        st.markdown(lang.t("These are the people who were there. They do not speak for everyone who lives here."))
        _by_role(area, lang)
    else:
        st.markdown(lang.t("No session answered the five statements yet, or fewer than five people did."))


def _by_role(area: Area, lang: Language) -> None:
    """Show the same by role, one session after the other, where enough people of a role were there."""
    rows = [
        {
            lang.t("Statement"): lang.t(SUPPORT[one.statement]),
            lang.t("Role"): role_name(one.role, lang) if one.role else lang.t("others"),
            lang.t("Day"): lang.date(one.day, "d MMM y"),
            lang.t("Agree"): lang.number(one.agree),
            lang.t("Disagree"): lang.number(one.disagree),
            lang.t("Neither"): lang.number(one.neither),
        }
        for one in support_by_role(area.id)
    ]
    if rows:
        with st.expander(lang.t("By role, from session to session"), icon=":material/groups:"):
            show_rows(sorted(rows, key=lambda row: (row[lang.t("Statement")], row[lang.t("Role")])))
            st.markdown(small(lang.t("Roles of fewer than five people are counted among the others.")))


def told(area: Area, lang: Language, *, professional: bool) -> None:
    """Show who hears what and when; what was published and withdrawn fills in by itself."""
    st.header(lang.t("Who hears what, and when"), anchor=False)
    rows = [
        {
            lang.t("Day"): lang.date(one.day, "d MMM y"),
            lang.t("What"): one.text(lang),
            lang.t("For whom"): one.audience,
            lang.t("By which channel"): one.channel,
            lang.t("Approved by"): one.approved_by,
            lang.t("How it stands"): (
                lang.t("sent on {day}", day=lang.date(one.sent, "d MMM y")) if one.sent else lang.t("planned")
            ),
        }
        for one in read_plan(area.id).seen_by(professional=professional)
    ]
    said = {"published": lang.t("published"), "withdrawn": lang.t("taken back")}
    rows += [
        {
            lang.t("Day"): lang.date(deed.at.astimezone(area.tz), "d MMM y"),
            lang.t("What"): entry.headline,
            lang.t("For whom"): lang.t("everybody"),
            lang.t("By which channel"): deed.channel,
            lang.t("Approved by"): "",
            lang.t("How it stands"): said[deed.deed],
        }
        for entry in entries(area.id)
        for deed in entry.deeds
        if deed.deed in said and any(one.deed == "published" for one in entry.deeds)
    ]
    if rows:
        show_rows(rows)
    else:
        st.markdown(lang.t("Nothing was planned or published yet."))
