"""The parts about who may enter, what they did, and copies elsewhere."""

from data.area.area import Area
from language import Language
from streamlit_app.manage import managing_audit, managing_backup, managing_people, managing_sign_ins
from streamlit_app.manage.managing import part


def people(area: Area, lang: Language) -> None:
    """Invite, withdraw, and set a password."""
    with part("invite", lang.t("Invite"), lang.t("A personal code opens the app with a role. No account is needed.")):
        managing_people.invitation_form(lang)
    with part("entering", lang.t("Who can enter"), lang.t("When you withdraw a code, whoever used it is out at once.")):
        managing_people.who_can_enter(area, lang)
    with part("signed-in", lang.t("Who is signed in"), lang.t("People you sign out are out with their next click.")):
        managing_sign_ins.who_is_in(area, lang)
    with part(
        "password", lang.t("A password"), lang.t("A one-time link works once. With a password you can come back.")
    ):
        managing_people.password_form(lang)


def backup(area: Area, lang: Language) -> None:
    """Keep copies elsewhere."""
    with part("backup", lang.t("Backup"), lang.t("For when the machine breaks.")):
        managing_backup.backups(area, lang)
    with part("restore", lang.t("Restore a backup"), lang.t("For when something went wrong with what people said.")):
        managing_backup.putting_back(area, lang)


def audit(area: Area, lang: Language) -> None:
    """Read and keep who did what."""
    with part(
        "audit",
        lang.t("Who did what"),
        lang.t("To see afterwards who changed something, and who was refused. Persons are not in it."),
    ):
        managing_audit.audit_log(area, lang)
