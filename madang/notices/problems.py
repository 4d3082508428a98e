"""Why a message did not go out, as one of a few codes.

What a server answers may carry the person's address, and a desk reads these reasons: only the code is kept."""

import smtplib

UNREACHABLE = "unreachable"
NOT_LET_IN = "not_let_in"
NOBODY_THERE = "nobody_there"
BUSY = "busy"
REFUSED = "refused"
MALFORMED = "malformed"
INTERRUPTED = "interrupted"
OTHER = "other"
# The order in which a desk lists them.
CODES = (UNREACHABLE, NOT_LET_IN, NOBODY_THERE, BUSY, REFUSED, MALFORMED, INTERRUPTED, OTHER)
FOR_GOOD = 500  # SMTP replies from here on are meant for good, those below for now


def problem_of(error: Exception) -> str:
    """The code of what a channel raised; "other" for what no channel of ours is known to raise."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [code for code, _words in error.recipients.values()]
        return NOBODY_THERE if any(code >= FOR_GOOD for code in replies) else BUSY
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused | smtplib.SMTPHeloError):
        return NOT_LET_IN
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPServerDisconnected):
        return UNREACHABLE
    if isinstance(error, smtplib.SMTPResponseException):
        return REFUSED if error.smtp_code >= FOR_GOOD else BUSY
    if isinstance(error, smtplib.SMTPException):
        return REFUSED
    if isinstance(error, OSError):  # a connection, a name that is not found, a time-out
        return UNREACHABLE
    return MALFORMED if isinstance(error, ValueError) else OTHER


def code_of(stored: str) -> str:
    """The code of a stored problem; what older programs wrote in words counts as "other"."""
    return stored if stored in CODES else OTHER
