import datetime
import ipaddress
import socket
import ssl
import subprocess
import sys
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mobile.link import office
from mobile.link.lanes import FIRST_BYTES
from mobile.link.office import Link, Office
from mobile.refusals import Refusal
from tests.mobile.fake_office import FakeOffice, serving


def code(url, **more):
    with Office(Link(url, **more)) as held, pytest.raises(Refusal) as caught:
        held.ask_json("GET", "/v1/packages")
    return caught.value.code


@pytest.fixture
def certificate(tmp_path):
    """A certificate of its own authority for 127.0.0.1, in one file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "office")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "office.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*plain))
    return path


def test_an_office_that_nobody_vouches_for_gets_nothing_and_a_pinned_one_is_trusted(certificate):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with serving(FakeOffice(), tls) as fake:
        assert code(fake.url, token="secret") == "tls_untrusted"
        assert code(fake.url, ca_file=f"{certificate}.gone") == "tls_untrusted"
        assert fake.requests == []
        with Office(Link(fake.url, ca_file=str(certificate))) as held:
            assert held.ask_json("GET", "/v1/packages")["packages"] == []


def test_silence_is_a_timeout(monkeypatch):
    monkeypatch.setattr(office, "TIMEOUT_S", (5, 0.05))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert code(f"http://127.0.0.1:{silent.getsockname()[1]}") == "link_timeout"


def test_a_body_that_goes_slowly_is_no_timeout_and_tells_how_slowly(monkeypatch):
    monkeypatch.setattr(office, "TIMEOUT_S", (2, 2))
    body = b"x" * 120_000

    def read_slowly(listening):
        link, _address = listening.accept()
        with link:
            took = 0
            while took < len(body):
                took += len(link.recv(2000))
                time.sleep(0.05)
            link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=read_slowly, args=(listening,), daemon=True).start()
        with Office(Link(f"http://127.0.0.1:{listening.getsockname()[1]}")) as held:
            held.ask_json("POST", "/v1/records", body=body)
    assert held.lanes.size == FIRST_BYTES, "requests do not grow on it"


def test_a_port_where_nobody_listens_is_a_refused_link():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert code(f"http://127.0.0.1:{port}") == "link_refused"


def test_a_hotspots_login_page_is_no_answer_of_the_office():
    def page(handler):
        handler.answer(200, b"<html>log in</html>")
        return True

    with serving(FakeOffice()) as fake:
        fake.faults = [page]
        assert code(fake.url) == "answer_malformed"


def test_nothing_heavy_is_imported_before_it_is_used():
    modules = "mobile.link.sync, mobile.link.enrolment, mobile.inspecting.evidence, mobile.sealing.pdf"
    modules += ", mobile.lock.vault, mobile.device.scanner"
    heavy = "{'requests', 'PIL', 'fpdf', 'cryptography', 'zxingcpp', 'kivy', 'segno'}"
    script = f"import sys, {modules}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
