"""A throw-away certificate authority made with the openssl program."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CA_CONFIG = """\
[req]
distinguished_name=dn
x509_extensions=ca
prompt=no
[dn]
CN=DeskHelp test CA
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""
LEAF_EXTENSIONS = """\
basicConstraints=CA:FALSE
subjectAltName={names}
keyUsage=digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
"""
EC_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Paths of a PEM certificate and its key."""

    cert: Path
    key: Path


class Authority:
    """A CA in `folder`; `ca_file` is what a client trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.ca_file = folder / "ca.pem"
        self._ca_key = folder / "ca.key"
        config = folder / "ca.cnf"
        config.write_text(CA_CONFIG)
        _openssl("req", "-x509", *EC_KEY, "-days", "3650", "-config", str(config),
                 "-keyout", str(self._ca_key), "-out", str(self.ca_file))  # fmt: skip

    def issue(self, label: str, names: str, *, expired: bool = False, self_signed: bool = False) -> Certificate:
        """A server certificate for `names` ("IP:127.0.0.1,DNS:localhost")."""
        made = Certificate(self.folder / f"{label}.pem", self.folder / f"{label}.key")
        request, extensions = self.folder / f"{label}.csr", self.folder / f"{label}.ext"
        extensions.write_text(LEAF_EXTENSIONS.format(names=names))
        subject = f"/CN={names.partition(':')[2].partition(',')[0]}"
        _openssl("req", "-new", *EC_KEY, "-subj", subject, "-keyout", str(made.key), "-out", str(request))
        signer = ("-signkey", str(made.key)) if self_signed else self._signer()
        if expired:
            self._sign_expired(request, extensions, made)
        else:
            _openssl("x509", "-req", "-in", str(request), "-days", "3650", *signer,
                     "-extfile", str(extensions), "-out", str(made.cert))  # fmt: skip
        return made

    def _signer(self) -> tuple[str, ...]:
        return ("-CA", str(self.ca_file), "-CAkey", str(self._ca_key), "-CAcreateserial")

    def _sign_expired(self, request: Path, extensions: Path, made: Certificate) -> None:
        # `openssl x509` takes no dates in the past before 3.4; `openssl ca` always did.
        config = self.folder / "expired.cnf"
        config.write_text(
            f"[ca]\ndefault_ca=d\n[d]\ndatabase={self.folder}/index\nnew_certs_dir={self.folder}\n"
            f"rand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n"
        )
        (self.folder / "index").write_text("")
        _openssl("ca", "-batch", "-config", str(config), "-in", str(request), "-out", str(made.cert),
                 "-cert", str(self.ca_file), "-keyfile", str(self._ca_key), "-notext",
                 "-startdate", "20200101000000Z", "-enddate", "20200201000000Z",
                 "-extfile", str(extensions))  # fmt: skip


def _openssl(*arguments: str) -> None:
    program = shutil.which("openssl")
    assert program, "openssl is missing"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"openssl {arguments[0]}: {done.stderr}"
