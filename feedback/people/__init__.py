"""Who is who without names: roles, codes, passwords, invitations, sign-ins, pseudonyms."""
