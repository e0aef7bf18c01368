"""Certificates for tests, good and bad, made when they are needed."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

YEAR = timedelta(days=365)


class Authority:
    """One that signs what it is asked to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("Test authority")
        builder = _builder(self.name, self.name, self.key, YEAR)
        constraint = x509.BasicConstraints(ca=True, path_length=0)
        signed = builder.add_extension(constraint, critical=True)
        self.certificate = signed.sign(self.key, hashes.SHA256())
        self.file = folder / "authority.pem"
        self.file.write_bytes(_pem(self.certificate))

    def context(self, kind: str) -> ssl.SSLContext:
        """Make a server's side of TLS, with a certificate of this *kind*."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = _name("Itself") if kind == "self-signed" else self.name
        builder = _builder(
            _name("Itself"), issuer, key, -YEAR if kind == "expired" else YEAR
        )
        host: x509.GeneralName = x509.IPAddress(ip_address("127.0.0.1"))
        if kind == "other-name":
            host = x509.DNSName("other.example")
        named = builder.add_extension(x509.SubjectAlternativeName([host]), False)  # noqa: FBT003 - the library's own
        signer = key if kind == "self-signed" else self.key
        path = self.folder / f"{kind}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(private + _pem(named.sign(signer, hashes.SHA256())))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 2 * YEAR)
        .not_valid_after(now + lasts)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
