"""Hands mails to the server, or the program `sendmail`, that a person named. Nothing else is sent.

Certificates are checked, and neither a password nor a mail goes over a line that is not encrypted,
but on this very machine.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple

from govkit.errors import GovkitError, WrongUse

Encryption = Literal["starttls", "tls", "none"]
PORTS: dict[Encryption, int] = {"starttls": 587, "tls": 465, "none": 25}
_SERVICE_CLOSES = 421
Begun = Callable[[], None]


class ServerAnswer(NamedTuple):
    """What a server said to a mail: whether it takes it, the number, and the words."""

    taken: bool
    code: int
    words: str

    @property
    def lasting(self) -> bool:
        """Say whether it would say no again."""
        return self.code >= 500


class ServerLost(GovkitError):
    """The server or the network went away; what was handed over before stays handed over."""


class MailServer(NamedTuple):
    """A server: its name, port, how the line is encrypted, who logs in, seconds to wait."""

    host: str
    port: int
    encryption: Encryption
    user: str | None
    timeout: float

    @property
    def shown(self) -> str:
        """Return it in words, without a password."""
        how = {"starttls": "STARTTLS", "tls": "TLS", "none": "not encrypted, on this machine"}
        by = f", as {self.user}" if self.user else ""
        return f"{self.host}:{self.port} ({how[self.encryption]}{by})"


def server_named(
    named: str, encryption: Encryption, user: str | None, timeout: float
) -> MailServer:
    """Return the server that is named as HOST or HOST:PORT. Raises `WrongUse`."""
    host, colon, port = named.rpartition(":") if named.count(":") == 1 else (named, "", "")
    number = int(port) if port.isdecimal() else PORTS[encryption]
    if not host or any(each.isspace() for each in host) or (colon and not port.isdecimal()):
        raise WrongUse(f"{named} is no server", "Write it as mail.example.org:587.")
    if encryption == "none" and not _is_here(host):
        raise WrongUse(
            f"without encryption nothing is sent to {host}",
            "Leave out `--tls none`. It is for a server on this machine alone.",
        )
    return MailServer(host, number, encryption, user, timeout)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class SmtpLine:
    """An open line to a server."""

    def __init__(self, server: MailServer, password: str | None) -> None:
        """Open the line and log in. Raises `GovkitError`; nothing was sent then."""
        self.server = server
        try:
            self._smtp = self._opened()
            if server.user is not None:
                self._smtp.login(server.user, password or "")
        except ssl.SSLCertVerificationError as error:
            raise GovkitError(
                f"the certificate of {server.host} does not hold: {error.verify_message}",
                "Look at the name of the server. Where it has a certificate of your own house, "
                "name its file: SSL_CERT_FILE=FILE. Nothing was sent.",
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            raise GovkitError(
                f"{server.host} does not take this user and password: {_said(error)}",
                "Look at both. Nothing was sent.",
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise GovkitError(
                f"{server.host} offers no STARTTLS, or no login",
                "Try `--tls tls` with its port, or ask who runs it. Nothing was sent.",
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise ServerLost(
                f"{server.host}:{server.port} can't be reached: {error}",
                "Look at the name, the port and the network. Nothing was sent.",
            ) from None

    def _opened(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        where, limit = (server.host, server.port), server.timeout
        if server.encryption == "tls":
            return smtplib.SMTP_SSL(*where, timeout=limit, context=context)
        smtp = smtplib.SMTP(*where, timeout=limit)
        if server.encryption == "starttls":
            smtp.starttls(context=context)
        return smtp

    def __enter__(self) -> SmtpLine:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the line."""
        try:
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def hand_over(self, sender: str, to: str, data: bytes, begun: Begun) -> ServerAnswer:
        """Hand over a mail to one recipient. `begun` is called before its words go out.

        Raises `ServerLost` where the line breaks, or the server closes it.
        """
        try:
            self._smtp.ehlo_or_helo_if_needed()
            wide = not data.isascii() and self._smtp.has_extn("8bitmime")
            if not data.isascii() and not wide:
                return ServerAnswer(False, 554, "the server takes only ASCII (no 8BITMIME)")
            code, words = self._smtp.mail(sender, ["BODY=8BITMIME"] if wide else [])
            if code == 250:
                code, words = self._smtp.rcpt(to)
            if code not in (250, 251):
                return self._refused(code, words)
            begun()
            try:
                code, words = self._smtp.data(data)
            except smtplib.SMTPDataError as error:
                return self._refused(error.smtp_code, error.smtp_error)
            return (
                ServerAnswer(True, code, _text(words))
                if code == 250
                else self._refused(code, words)
            )
        except (smtplib.SMTPException, OSError) as error:
            raise ServerLost(
                f"{self.server.host} did not answer to the end: {error}",
                "Look at the network, and run the same command again: what went out is not sent "
                "a second time.",
            ) from None

    def _refused(self, code: int, words: bytes | str) -> ServerAnswer:
        if code == _SERVICE_CLOSES:
            raise smtplib.SMTPServerDisconnected(f"{code} {_text(words)}")
        self._smtp.rset()
        return ServerAnswer(False, code, _text(words))


class SendmailProgram:
    """The program `sendmail` of this machine, by its whole path."""

    def __init__(self, program: str, timeout: float) -> None:
        """Name the program. Raises `WrongUse` where it is not there."""
        self.program, self.timeout = program, timeout
        if not Path(program).is_absolute() or not Path(program).is_file():
            raise WrongUse(
                f"{program} is no program by its whole path",
                "Write it as `--sendmail /usr/sbin/sendmail`.",
            )

    def __enter__(self) -> SendmailProgram:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def hand_over(self, sender: str, to: str, data: bytes, begun: Begun) -> ServerAnswer:
        """Hand over a mail to one recipient, as `SmtpLine` does."""
        begun()
        try:
            done = subprocess.run(
                [self.program, "-i", "-f", sender, "--", to],
                input=data.replace(b"\r\n", b"\n"),
                capture_output=True,
                timeout=self.timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ServerLost(
                f"{self.program} did not take the mail: {error}", "Look at that program."
            ) from None
        words = _text((done.stderr or done.stdout)[:2000]) or f"ended with {done.returncode}"
        return ServerAnswer(done.returncode == 0, 250 if not done.returncode else 554, words)


def _said(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_text(error.smtp_error)}"


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:500]
