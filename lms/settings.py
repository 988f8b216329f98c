"""Every setting with its default and its help; read from `lms.toml` in the instance folder, then from `LMS_*`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from lms.errors import SettingsError


def setting(default: Any, help: str) -> Any:
    """A dataclass field that carries its help."""
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True)
class Settings:
    """The settings of one instance. `home` is the instance folder."""

    home: Path = setting(Path("instance"), "Instance folder: database, key, audio, own plugins, lms.toml.")  # noqa: RUF009
    host: str = setting("127.0.0.1", "Address that `lms serve` listens on; 0.0.0.0 for a room.")
    port: int = setting(8000, "Port that `lms serve` listens on (`PORT` too).")
    workers: int = setting(2, "Server processes.")
    threads: int = setting(4, "Threads of each server process.")
    database_url: str = setting("", "SQLAlchemy URL; empty: SQLite in the instance folder.")
    identity_iri: str = setting(
        "https://declic.invalid/o/", "Prefix of actors' account homePage; never the Host header."
    )
    public_url: str = setting(
        "", "Address printed on cards, such as http://atelier.local:8000; empty: that of the request."
    )
    theme: str = setting("default", "Theme of the instance.")
    locale: str = setting("fr", "Language of the interface.")
    plugins_blocked: tuple[str, ...] = setting((), "Names of plugins that are not loaded.")
    plugins_skip_broken: bool = setting(False, "Start without a plugin that fails, instead of refusing to start.")
    erase_typed_after_days: int = setting(30, "Days after the end of an attempt until what was typed is erased.")
    events_kept_days: int = setting(180, "Days that the compact events are kept.")
    guests_kept_hours: int = setting(24, "Hours until a guest's attempts are erased.")
    sign_in_hours: int = setting(24, "Hours that a sign-in lasts without a request; never under 20.")
    upload_megabytes: int = setting(10, "Largest body of a request.")
    secure_cookies: bool = setting(False, "Cookies over HTTPS only; true behind an HTTPS proxy.")
    write_wait_seconds: float = setting(5.0, "How long a request waits for the write lock of SQLite.")
    cache: str = setting("", "Folder of what is read faster the second time; empty: `cache` in the instance folder.")
    audio_engine: str = setting("espeak-ng", "Speech engine of `lms audio`: espeak-ng or none.")
    relay_in_server: bool = setting(True, "Send to partners from `lms serve`; false where `lms relay` does it alone.")
    relay_days: int = setting(14, "Days that a statement is tried again before it is set aside.")
    map_tiles: str = setting(
        "", "Pictures of maps, such as https://tiles.example/{z}/{x}/{y}.png; empty: no map, and no request outside."
    )
    map_credit: str = setting("", "Whom to thank for the map, written in its corner.")
    smtp_host: str = setting(
        "", "Server that sends mail; empty: letters are written into `mail` in the instance folder."
    )
    smtp_port: int = setting(587, "Port of the mail server.")
    smtp_security: str = setting("starttls", "How mail is protected on its way: starttls, tls or none.")
    smtp_user: str = setting("", "Sign-in at the mail server; empty: none.")
    smtp_password: str = setting("", "Password at the mail server; better in the environment than in a file.")
    mail_from: str = setting("", "Address that letters come from; needed with smtp_host.")
    xapi_version: str = setting("1.0.3", "Version answered by /xapi/ when a request names none.")

    @property
    def cache_folder(self) -> Path:
        """Where the catalogue is kept; the environment is asked also where settings were made by hand, as tests do."""
        return Path(self.cache or os.environ.get("LMS_CACHE") or self.home / "cache")

    @property
    def url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{(self.home / 'declic.db').resolve()}"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from defaults, then `lms.toml`, then the environment. Raises SettingsError naming the place."""
    env = os.environ if environ is None else environ
    home = Path(env.get("LMS_HOME") or "instance")
    known = {one.name: one for one in fields(Settings)}
    values: dict[str, Any] = {"home": home}
    file = home / "lms.toml"
    if file.is_file():
        values |= _from_toml(file, known)
    for name, one in known.items():
        if name != "home" and f"LMS_{name.upper()}" in env:
            values[name] = _convert(one, env[f"LMS_{name.upper()}"], f"LMS_{name.upper()}")
    if "PORT" in env:
        values["port"] = _convert(known["port"], env["PORT"], "PORT")
    return Settings(**values)


def _from_toml(file: Path, known: Mapping[str, Field[Any]]) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from error
    unknown = sorted(set(found) - set(known) | set(found) & {"home"})
    if unknown:
        raise SettingsError(
            f"{file}: {unknown[0]}: unknown setting; allowed: {', '.join(sorted(set(known) - {'home'}))}"
        )
    return {name: _convert(known[name], value, f"{file}: {name}") for name, value in found.items()}


def _convert(one: Field[Any], value: Any, place: str) -> Any:
    """`value` in the type of the setting's default."""
    kind: Any = type(one.default)
    try:
        if kind is bool:
            return _truth(value)
        if kind is tuple:
            return tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(map(str, value))
        return kind(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{place}: {value!r} is not a {kind.__name__}") from error


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    allowed = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if str(value).lower() not in allowed:
        raise ValueError(value)
    return allowed[str(value).lower()]
