"""«Écouter» really sounds: a file made here, played by Chromium, asked once, stopped, slowed down."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lms.content.speech import audio_name, speak
from tests.web_static.room import Room
from tests.web_static.steps import open_desk, part

pytestmark = pytest.mark.usefixtures("faults")

SAID = "Allez dans « Bloc-notes »."


@pytest.fixture
def voice(room: Room) -> Room:
    """A room with a file for the first instruction, and for a page's button."""
    assert room.audio
    name = audio_name(SAID, "fr")
    (room.audio / name).write_bytes(speak(SAID, "fr"))
    (room.audio / "bonjour.mp3").write_bytes(speak("Bonjour.", "fr"))
    room.voice = {SAID: f"/static/x/audio/{name}"}
    return room


def test_a_file_made_here_decodes_in_the_browser_and_is_not_silent(page: Page, voice: Room) -> None:
    page.goto(voice.url + "/")
    peak, seconds = page.evaluate(
        """async () => {
          const bytes = await (await fetch("/static/x/audio/bonjour.mp3")).arrayBuffer();
          const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(bytes);
          return [Math.max(...sound.getChannelData(0).map(Math.abs)), sound.duration];
        }"""
    )
    assert peak > 0.2
    assert 0.3 < seconds < 3


def test_listen_plays_to_the_end_and_stop_silences_it(page: Page, voice: Room) -> None:
    page.goto(voice.url + "/")
    button = page.locator("main [data-say]")
    button.click()
    expect(button).to_have_attribute("data-playing", "")
    expect(button).to_contain_text("Stop")
    expect(button).not_to_have_attribute("data-playing", "", timeout=6000)
    button.click()
    button.click()
    expect(button).not_to_have_attribute("data-playing", "", timeout=200)


def test_a_sentence_without_file_or_browser_voice_has_no_button(page: Page, room: Room) -> None:
    open_desk(page, room, "guided")
    expect(page.locator(".desk-guide [data-say]")).to_be_hidden()


def test_the_wish_is_asked_once_then_each_instruction_is_said_by_itself(page: Page, voice: Room) -> None:
    open_desk(page, voice, "guided")
    page.get_by_role("button", name="Oui, écouter").click()
    listen = page.locator(".desk-guide .listen")
    expect(listen).to_have_attribute("data-playing", "")
    open_desk(page, voice, "guided")
    page.wait_for_timeout(300)
    expect(page.get_by_text("Voulez-vous écouter")).to_have_count(0)
    part(page, "desk/model").click()
    expect(page.locator(".desk-say")).to_have_text("Regardez le modèle.")
    expect(listen).to_be_hidden()
    part(page, "desk/notes").click()
    expect(listen).to_have_attribute("data-playing", "")


def test_slowly_is_slower_and_remembered(page: Page, voice: Room) -> None:
    open_desk(page, voice, "guided")
    page.get_by_role("button", name="Non, je lis").click()
    page.get_by_role("button", name="Lentement").click()
    page.evaluate(
        """() => {
          const play = HTMLMediaElement.prototype.play;
          HTMLMediaElement.prototype.play = function () { window.rate = this.playbackRate; return play.call(this); };
        }"""
    )
    page.locator(".desk-guide .listen").click()
    page.wait_for_function("() => window.rate === 0.75")
    page.reload()
    expect(page.get_by_role("button", name="Lentement")).to_have_attribute("aria-pressed", "true")
