"""Run something beside a real S3 store: OpenStack Swift with its S3 API, in a folder of its own, on loopback alone.

`python -m tools.swift pytest tests/server/intake/test_photo_store.py` makes an environment in `build/swift` (Swift has
other libraries than ours), starts the four servers of one object store, makes the bucket `lujian`, and runs the module
with S3_TEST_ADDRESS, S3_TEST_KEY and S3_TEST_SECRET. The answer is that of the module.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from tools.ports import own_port

SWIFT = "swift>=2.38,<3"
KEY, SECRET = "test:tester", "testing"  # of a store that nobody else reaches
_HOME = Path("build/swift").absolute()
_PYTHON = _HOME / "bin" / "python"
_WAIT_SECONDS = 60

_RUN = """
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.{module} import main
sys.argv = ["swift", *sys.argv[2:]]
main()
"""
_MODULES = {"account": "account.server", "container": "container.server", "object": "obj.server"}
_COMMON = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
workers = 0
"""
_STORAGE = """[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
_PROXY = f"""[pipeline:main]
pipeline = catch_errors gatekeeper s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
allow_multipart_uploads = false
[filter:tempauth]
use = egg:swift#tempauth
user_{KEY.replace(":", "_")} = {SECRET} .admin
"""
_SWIFT = "[swift-hash]\nswift_hash_path_suffix = lujian\n[storage-policy:0]\nname = one\ndefault = yes\n"


def main(module: list[str]) -> int:
    """Run a module beside a store and return its answer."""
    if not _PYTHON.exists():
        venv.create(_HOME, with_pip=True)
    subprocess.run([_PYTHON, "-m", "pip", "install", "-q", SWIFT], check=True)
    with tempfile.TemporaryDirectory(prefix="lujian-swift-") as folder, _running(Path(folder)) as address:
        _make_bucket(address)
        told = {"S3_TEST_ADDRESS": address, "S3_TEST_KEY": KEY, "S3_TEST_SECRET": SECRET}
        return subprocess.run([sys.executable, "-m", *module], env={**os.environ, **told}, check=False).returncode


@contextlib.contextmanager
def _running(folder: Path) -> Iterator[str]:
    """Start the servers and give the address of the one that speaks S3; end them."""
    ports = {kind: own_port() for kind in (*_MODULES, "proxy")}
    (folder / "swift.conf").write_text(_SWIFT)
    (folder / "devices" / "d").mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        for kind, module in _MODULES.items():
            _ring(folder, kind, ports[kind])
            stack.enter_context(_server(folder, kind, module, ports[kind], _STORAGE.format(kind=kind)))
        stack.enter_context(_server(folder, "proxy", "proxy.server", ports["proxy"], _PROXY))
        yield f"http://127.0.0.1:{ports['proxy']}"


@contextlib.contextmanager
def _server(folder: Path, kind: str, module: str, port: int, rest: str) -> Iterator[None]:
    path, log = folder / f"{kind}.conf", folder / f"{kind}.log"
    user = os.environ.get("USER") or "root"
    path.write_text(_COMMON.format(port=port, user=user, folder=folder) + rest)
    with log.open("wb") as out:
        told = [str(_PYTHON), "-c", _RUN.format(module=module), str(folder), str(path)]
        with subprocess.Popen(told, stdout=out, stderr=out) as server:
            try:
                _await(server, port, log)
                yield
            finally:
                server.terminate()


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"Swift did not start:\n{log.read_text()}")


def _ring(folder: Path, kind: str, port: int) -> None:
    """Say that one folder holds everything of a kind."""
    builder = folder / f"{kind}.builder"
    for told in (("create", "4", "1", "0"), ("add", f"r1z1-127.0.0.1:{port}/d", "1"), ("rebalance",)):
        run = [_HOME / "bin" / "swift-ring-builder", builder, *told]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)


def _make_bucket(address: str) -> None:
    import boto3  # with moto; obstore makes no buckets

    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket="lujian")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
