"""Commands on access: give out a link, list and withdraw what was given out, set a password."""

import argparse
import getpass
import sys

from data.keeping.acts import by_owner
from feedback.people.invitations import invitations, invite, withdraw
from feedback.people.passwords import accounts, set_password, withdraw_account
from feedback.people.roles import TRUSTED, Role, role_name
from language import Language, UserError


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this module."""
    link = subparsers.add_parser("invite", help="make a link that lets somebody in with a role")
    link.add_argument("--role", required=True, choices=[role.value for role in Role if role is not Role.VISITOR])
    link.add_argument("--label", required=True, help="organisation or meeting; not a person")
    link.set_defaults(run=_invite)
    codes = subparsers.add_parser("access", help="list who can enter: links, codes and accounts")
    codes.set_defaults(run=_list)
    stop = subparsers.add_parser("withdraw", help="withdraw a link, code or account")
    stop.add_argument("id", help="as listed by: python -m feedback access")
    stop.set_defaults(run=_withdraw)
    password = subparsers.add_parser("password", help="give a facilitator or steward a password")
    password.add_argument("--role", required=True, choices=[role.value for role in TRUSTED])
    password.add_argument("--name", required=True, help="name of the function or organisation; not a person")
    password.set_defaults(run=_password)


def _invite(options: argparse.Namespace, lang: Language) -> None:
    role = Role(options.role)
    once = role in TRUSTED
    _, code = by_owner(invite, role, options.label, by=Role.STEWARD, kind="once" if once else "personal")
    print(lang.t("Open the app's address followed by this:") + f" /enter/{code}")
    print(lang.t("It works once.") if once else lang.t("It works until you withdraw it."))


def _list(_options: argparse.Namespace, lang: Language) -> None:
    for one in invitations():
        state = lang.t("open") if one.open else lang.t("closed")
        print(one.id, role_name(one.role, lang), one.kind, one.label, state, sep="\t")
    for account in accounts():
        state = lang.t("closed") if account.withdrawn else lang.t("open")
        print(account.id, role_name(account.role, lang), "password", account.name, state, sep="\t")


def _withdraw(options: argparse.Namespace, lang: Language) -> None:
    if options.id not in {one.id for one in invitations()} | {account.id for account in accounts()}:
        raise UserError("There is nothing with this id. See: python -m feedback access")
    by_owner(withdraw_account if options.id in {account.id for account in accounts()} else withdraw, options.id)
    print(lang.t("Withdrawn. Who came in by it is out."))


def _password(options: argparse.Namespace, lang: Language) -> None:
    if sys.stdin.isatty():
        password = getpass.getpass(lang.t("New password:") + " ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    by_owner(set_password, options.name, Role(options.role), password, by=Role.STEWARD)
    print(lang.t("The password is set. Enter at: /enter"))
