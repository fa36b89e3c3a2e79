"""The page on which somebody enters a code: plain HTML, so that a full room on bad Wi-Fi is in within seconds."""

from html import escape
from urllib.parse import quote

from feedback.people.roles import Role, role_name
from language import Language

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0; background: #FBFAF7; color: #1A1A1A; font: 18px/1.5 "Source Sans", system-ui, sans-serif }
main { max-width: 30rem; margin: 6vh auto 2rem; padding: 0 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem }
p { margin: .5rem 0 1rem }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem }
input { width: 100%; font: inherit; padding: .65rem .75rem; border: 1px solid #6B6F72; border-radius: 8px;
  background: #fff }
input:focus, button:focus, a:focus, summary:focus { outline: 3px solid #0B4F6C; outline-offset: 2px }
button { width: 100%; font: inherit; font-weight: 600; margin-top: 1rem; padding: .75rem; border: 0; border-radius: 8px;
  background: #0B4F6C; color: #fff; cursor: pointer }
details { margin-top: 2rem; border-top: 1px solid #D9D4C7; padding-top: 1rem }
summary { cursor: pointer; color: #0B4F6C; font-weight: 600 }
a { color: #0B4F6C }
.said { background: #F1EEE6; border-left: 4px solid #0B4F6C; border-radius: 8px; padding: .75rem 1rem }
.small { color: #55595C; font-size: .9rem; margin-top: 2rem }
nav { display: flex; justify-content: space-between; margin-bottom: 2rem; font-size: .9rem }
"""


def enter_page(
    lang: Language,
    *,
    sentence: str = "",
    role: Role = Role.VISITOR,
    code: str = "",
    again: int = 0,
    base: str = "",
    confirm: bool = False,
    to: str = "",
) -> str:
    """Return the page: a form for a code, and one for the password of facilitators and stewards.

    ``sentence`` is what went wrong, if anything; ``role`` what the visitor is already; ``code`` stands in the form.
    With ``confirm`` the code came by a link, and the page asks whether it is theirs. With ``again`` the browser tries
    the same address again after so many seconds. ``base`` is how relative addresses begin, ``../`` below ``/enter/``.
    ``to`` is the page that they wanted, to which the forms lead.
    """
    t, other = lang.t, "en" if lang.code == "nl" else "nl"
    hint = t("Five words or six letters. Capitals, spaces and hyphens do not matter.")
    heading, same, asked, first, then = t("Enter your code"), "enter", "", " autofocus", ""
    if confirm:
        # The button comes first: a field that is filled already would open the keyboard of a phone over it.
        heading, same = t("Come in with this code?"), f"enter/{quote(code, safe='')}"
        asked, first, then = ' class="said"', "", " autofocus"
        hint = t("This link signs you in with a personal code. Did you get it yourself? Then go on.")
    kept = f"&amp;to={quote(to, safe='')}" if to else ""
    address = f"{base}enter?lang={lang.code}{kept}"
    refresh = f'<meta http-equiv="refresh" content="{again}">' if again else ""
    said = f'<p class="said" role="alert">{escape(sentence)}</p>' if sentence else ""
    known = ""
    if role is not Role.VISITOR:
        inside = t("You are signed in as: {role}.", role=role_name(role, lang))
        known = f'<p class="said">{escape(inside)} <a href="{base}leave">{escape(t("Sign out"))}</a></p>'
    return f"""<!doctype html>
<html lang="{lang.code}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<title>{escape(heading)}</title>
<style>{_STYLE}</style>
</head>
<body><main>
<nav><a href="{base or "./"}?lang={lang.code}">{escape(t("To the app"))}</a>
<a href="{base}{same}?lang={other}{kept}" lang="{other}" hreflang="{other}">{other.upper()}</a></nav>
<h1>{escape(heading)}</h1>
{said}{known}
<form method="post" action="{address}">
<p{asked}>{escape(hint)}</p>
<label for="code">{escape(t("Code"))}</label>
<input id="code" name="code" value="{escape(code, quote=True)}" maxlength="200" required{first} autocomplete="off"
 autocapitalize="none" autocorrect="off" spellcheck="false">
<button{then}>{escape(t("Go on"))}</button>
</form>
{_password_form(lang, address)}
<p class="small">{escape(t("Your browser keeps a cookie that says with which code you came in. It holds no name."))}</p>
</main></body></html>
"""


def _password_form(lang: Language, address: str) -> str:
    t = lang.t
    return f"""<details><summary>{escape(t("Facilitators and stewards with a password"))}</summary>
<form method="post" action="{address}">
<label for="name">{escape(t("Name of the account"))}</label>
<input id="name" name="name" maxlength="80" required autocomplete="username" autocapitalize="none">
<label for="password">{escape(t("Password"))}</label>
<input id="password" name="password" type="password" maxlength="200" required autocomplete="current-password">
<button>{escape(t("Sign in"))}</button>
</form></details>"""
