"""Android's own camera, viewer, chooser, position and Bluetooth, through pyjnius; nothing here can run on a desktop.

Pictures and papers pass through the system's media store, because another app may read no file of ours; what was
handed over is taken back out of it. It needs Android 10 (API 29) and neither storage nor camera permission: the camera
app takes the picture, not we.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mobile.device.disk import write_durably
from mobile.refusals import Refusal

_REQUEST = 0x4C4A
_READ_GRANT = 1
"""Intent.FLAG_GRANT_READ_URI_PERMISSION."""
_SERIAL_PORT = "00001101-0000-1000-8000-00805F9B34FB"
"""The service of a serial port, which every such printer has."""
_ASKS_FOR_BLUETOOTH = 31
CARRYING = "org.lujian.lujian.Carrying"
"""Our service, in `mobile/android/java`; `buildozer.spec` declares it."""
_handed: list[Any] = []
_asked: list[Any] = []
_following: list[Any] = []


def here() -> bool:
    """Return whether this is Android."""
    return hasattr(sys, "getandroidapilevel")


def take_picture(target: Path, done: Callable[[], None]) -> None:
    """Open the camera app; once it has taken a picture, write it to `target` and call `done` on Android's thread.

    Raises Refusal `camera_missing` where no app takes pictures.
    """
    from android import activity

    uri = _insert("android.provider.MediaStore$Images$Media", target.name, "image/jpeg")

    def heard(request: int, result: int, _intent: Any) -> None:
        if request != _REQUEST:
            return
        activity.unbind(on_activity_result=heard)
        content = _read(uri) if result == -1 else b""
        if content:
            # Durable here before it goes there: a full disk must not cost the picture.
            write_durably(target, content)
        _resolver().delete(uri, None, None)
        if content:
            done()

    intent = _class("android.content.Intent")("android.media.action.IMAGE_CAPTURE")
    intent.putExtra("output", _parcelable(uri))
    activity.bind(on_activity_result=heard)
    try:
        _start(lambda: _activity().startActivityForResult(intent, _REQUEST), "camera_missing")
    except Refusal:
        activity.unbind(on_activity_result=heard)
        _resolver().delete(uri, None, None)
        raise


def view(path: Path) -> None:
    """Show a paper in the viewer, which also prints. Raises Refusal `viewer_missing`."""
    intent = _class("android.content.Intent")("android.intent.action.VIEW")
    intent.setDataAndType(_hand_over(path), "application/pdf")
    intent.addFlags(_READ_GRANT)
    _start(lambda: _activity().startActivity(intent), "viewer_missing")


def send(path: Path) -> None:
    """Offer a file to the apps that take one, such as a printer's. Raises Refusal `viewer_missing`."""
    kind = "application/pdf" if path.suffix == ".pdf" else "application/octet-stream"
    intents = _class("android.content.Intent")
    intent = intents("android.intent.action.SEND")
    intent.setType(kind)
    intent.putExtra("android.intent.extra.STREAM", _parcelable(_hand_over(path, kind)))
    intent.addFlags(_READ_GRANT)
    _start(lambda: _activity().startActivity(intents.createChooser(intent, None)), "viewer_missing")


def take_back() -> None:
    """Remove from the media store what was handed over; also done before the next is."""
    while _handed:
        _resolver().delete(_handed.pop(), None, None)


def follow_position(heard: Callable[[float, float, float | None, float], None]) -> None:
    """Call `heard` with latitude, longitude, accuracy in metres (None: not stated) and age in seconds at each position.

    It is called on Android's thread, first with what the system knows already. Raises Refusal `position_denied` while
    the officer has not allowed it; the first time he is asked.
    """
    from android.permissions import Permission, check_permission, request_permissions

    if not check_permission(Permission.ACCESS_FINE_LOCATION):
        if not _asked:
            _asked.append(Permission.ACCESS_FINE_LOCATION)
            request_permissions(list(_asked))
        raise Refusal("position_denied")
    manager = _activity().getSystemService("location")

    def tell(location: Any) -> None:
        age_s = (_class("android.os.SystemClock").elapsedRealtimeNanos() - location.getElapsedRealtimeNanos()) / 1e9
        accuracy = location.getAccuracy() if location.hasAccuracy() else None
        heard(location.getLatitude(), location.getLongitude(), accuracy, age_s)

    listener = _listener(tell)
    for name in manager.getProviders(True).toArray():
        known = manager.getLastKnownLocation(name)
        if known is not None:
            tell(known)
        manager.requestLocationUpdates(name, 1000, 0.0, listener, _class("android.os.Looper").getMainLooper())
    _following.append(listener)


def leave_position() -> None:
    """Hear of no position any more."""
    while _following:
        _activity().getSystemService("location").removeUpdates(_following.pop())


class Bluetooth:
    """A printer that is paired with Android, by its address, over Bluetooth's serial port. What fails is an OSError.

    Raises Refusal `bluetooth_denied` while the officer has not allowed it; the first time he is asked.
    """

    def __init__(self, address: str) -> None:
        _allow_bluetooth()
        with _as_os_error():
            adapter = _class("android.bluetooth.BluetoothAdapter").getDefaultAdapter()
            if adapter is None or not adapter.isEnabled():
                raise OSError("Bluetooth is off")
            named = _class("java.util.UUID").fromString(_SERIAL_PORT)
            self.socket = adapter.getRemoteDevice(address).createRfcommSocketToServiceRecord(named)
            self.socket.connect()
            self.out, self.back = self.socket.getOutputStream(), self.socket.getInputStream()

    def write(self, content: bytes) -> None:
        """Send bytes."""
        with _as_os_error():
            self.out.write(content)
            self.out.flush()

    def ask(self, command: bytes) -> int | None:
        """Send a question and return the byte that answers, None where none came within a second."""
        self.write(command)
        with _as_os_error():
            until = time.monotonic() + 1
            while not self.back.available():
                if time.monotonic() > until:
                    return None
                time.sleep(0.05)
            return int(self.back.read())

    def close(self) -> None:
        """End it; what was written is printed."""
        with _as_os_error():
            self.socket.close()


def _allow_bluetooth() -> None:
    """Ask for what Android 12 and later want asked."""
    from android.permissions import check_permission, request_permissions

    named = "android.permission.BLUETOOTH_CONNECT"
    if _class("android.os.Build$VERSION").SDK_INT >= _ASKS_FOR_BLUETOOTH and not check_permission(named):
        request_permissions([named])
        raise Refusal("bluetooth_denied")


@contextmanager
def _as_os_error() -> Iterator[None]:
    from jnius import JavaException

    try:
        yield
    except JavaException as problem:
        raise OSError(str(problem)) from problem


def carry(words: str, on: bool) -> bool:
    """Say by a notification with these words that the app is at work, or that it no longer is; whether it was heard.

    The system does not let an app begin that which is not in front; the work goes on without.
    """
    from jnius import JavaException

    intent = _class("android.content.Intent")()
    intent.setClassName(_activity(), CARRYING)
    intent.putExtra("words", words)
    intent.putExtra("on", on)
    try:
        _activity().startForegroundService(intent)
    except JavaException:
        return False
    return True


def _listener(tell: Callable[[Any], None]) -> Any:
    """Return a LocationListener. From Android 12 on positions come as a list, which plyer 2.1.0 does not answer."""
    from jnius import PythonJavaClass, java_method

    class Listener(PythonJavaClass):  # type: ignore[misc]
        __javainterfaces__ = ("android/location/LocationListener",)
        one = java_method("(Landroid/location/Location;)V", name="onLocationChanged")(lambda _self, found: tell(found))
        several = java_method("(Ljava/util/List;)V", name="onLocationChanged")(
            lambda _self, found: tell(found.get(found.size() - 1))
        )
        enabled = java_method("(Ljava/lang/String;)V", name="onProviderEnabled")(lambda _self, _name: None)
        disabled = java_method("(Ljava/lang/String;)V", name="onProviderDisabled")(lambda _self, _name: None)
        changed = java_method("(Ljava/lang/String;ILandroid/os/Bundle;)V", name="onStatusChanged")(
            lambda _self, _name, _status, _extras: None
        )

    return Listener()


def _hand_over(path: Path, kind: str = "application/pdf") -> Any:
    """Copy a file into the media store and return its address there."""
    take_back()
    uri = _insert("android.provider.MediaStore$Downloads", path.name, kind)
    _handed.append(uri)
    with os.fdopen(_resolver().openFileDescriptor(uri, "w").detachFd(), "wb") as file:
        file.write(path.read_bytes())
    return uri


def _insert(collection: str, name: str, kind: str) -> Any:
    values = _class("android.content.ContentValues")()
    values.put("_display_name", name)
    values.put("mime_type", kind)
    return _resolver().insert(_class(collection).EXTERNAL_CONTENT_URI, values)


def _read(uri: Any) -> bytes:
    with os.fdopen(_resolver().openFileDescriptor(uri, "r").detachFd(), "rb") as file:
        return file.read()


def _start(start: Callable[[], Any], code: str) -> None:
    from jnius import JavaException

    try:
        start()
    except JavaException as problem:
        raise Refusal(code, str(problem)) from problem


def _class(name: str) -> Any:
    from jnius import autoclass

    return autoclass(name)


def _parcelable(uri: Any) -> Any:
    from jnius import cast

    return cast("android.os.Parcelable", uri)


def _activity() -> Any:
    return _class("org.kivy.android.PythonActivity").mActivity


def _resolver() -> Any:
    return _activity().getContentResolver()
