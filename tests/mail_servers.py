"""A real mail server on this machine, with STARTTLS and a login, and as bad as a test wants it."""

from __future__ import annotations

import _socket
import asyncio
import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "agora", "a long word"


class Mailbox:
    """What the server took, and how it behaves; as a handler of aiosmtpd.

    `refuses` are recipients with the answer for them. The mails after the first `breaks_after` are
    lost with the line. `waits` are seconds before the answer to a mail.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], bytes]] = []
        self.refuses: dict[str, str] = {}
        self.breaks_after: int | None = None
        self.waits = 0.0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, to: str, _: list[str]
    ) -> str:
        if to in self.refuses:
            return self.refuses[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if len(self.mails) == self.breaks_after:
            assert server.transport is not None
            server.transport.abort()
            return "451 gone"
        await asyncio.sleep(self.waits)
        assert isinstance(envelope.content, bytes)
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 queued as 17"


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate that vouches for itself, for a name or an address, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    known: x509.GeneralName = x509.DNSName(name)
    if name[0].isdigit():
        known = x509.IPAddress(ipaddress.ip_address(name))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1))
        .not_valid_after(datetime.datetime(2099, 1, 1))
        .add_extension(x509.SubjectAlternativeName([known]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


class _AnyPort(Controller):
    """A server on the port that is free, which it has to know before it is tried."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        with socket.socket() as one:
            # Past the guard by which no test reaches a network: this is our own server.
            _socket.socket.connect(one, ("127.0.0.1", self.port))
            one.recv(100)
            one.sendall(b"QUIT\r\n")


@contextmanager
def serving(mailbox: Mailbox, files: tuple[Path, Path] | None = None) -> Iterator[str]:
    """Serve a mailbox, and give its HOST:PORT. With a certificate it asks for TLS and a login."""

    def login(server: SMTP, session: Session, envelope: Envelope, how: str, said: object):  # type: ignore[no-untyped-def]
        assert isinstance(said, LoginPassword)
        fits = (said.login, said.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=fits, handled=False)

    more: dict[str, object] = {}
    if files is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*files)
        more = {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": login,
        }
    server = _AnyPort(mailbox, hostname="127.0.0.1", port=0, **more)
    server.start()
    try:
        yield f"127.0.0.1:{server.port}"
    finally:
        server.stop(no_assert=True)
