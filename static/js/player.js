// The player of recordings. Each [data-player] becomes a Player when the page is ready and says so by
// the bubbling event "player:ready" with the Player in detail.player. Other modules use:
//   player.video        the media element: its own events (pause, seeked, ratechange, ended) are the signals
//   player.played()     what was played since the page opened: sorted, disjoint [[start_ms, end_ms], …]
//   player.position()   where it stands, in ms        player.duration()   its length, in ms
//   player.pause()      stop                          player.seek(ms)     go there
//   player.say(text)    a line under the picture, read out by screen readers
// Event "player:started" follows the first start; the modules for streaming are loaded only then.
import { fromTimeRanges, union } from "./player_ranges.js";

const REMEMBER_EVERY_MS = 5000;
const NEAR_END_MS = 10_000;
const FIRST_GUESS_BITS = 1_000_000;

function isChinese() {
  return document.documentElement.lang.toLowerCase().startsWith("zh");
}

function hasMediaSource() {
  return "MediaSource" in globalThis || "ManagedMediaSource" in globalThis;
}

function clockTime(ms) {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1))
    .map((part, index) => (index ? String(part).padStart(2, "0") : String(part)))
    .join(":");
}

class Player {
  constructor(element) {
    this.element = element;
    this.video = element.querySelector("[data-player-video]");
    this.stage = element.querySelector("[data-player-stage]");
    this.startButton = element.querySelector("[data-player-start]");
    this.rates = element.dataset.rates.split(" ").map(Number);
    this.ranges = [];
    this.rememberedAt = 0;
    this.starting = null;
    this.listen();
    this.offerStart();
  }

  played() {
    this.collect();
    return this.ranges.map((range) => [...range]);
  }

  position() {
    return Math.round(this.video.currentTime * 1000);
  }

  duration() {
    return Number(this.element.dataset.durationMs);
  }

  pause() {
    this.video.pause();
  }

  seek(ms) {
    this.video.currentTime = ms / 1000;
  }

  say(text) {
    this.element.querySelector("[data-player-status]").textContent = text;
  }

  /** Load what streaming needs, then play. A second call changes nothing. */
  start() {
    this.starting ??= this.load().catch(() => {
      this.say(this.element.dataset.textFailed);
      this.video.controls = true;
    });
    return this.starting;
  }

  async load() {
    const position = this.rememberedPosition();
    this.startButton.hidden = true;
    this.stage.classList.add("is-started");
    if (hasMediaSource()) await this.attachStream(position / 1000);
    else this.attachNative(position / 1000);
    await this.dress();
    if (position) this.say(`${this.element.dataset.textResumed}${clockTime(position)}`);
    this.element.dispatchEvent(new CustomEvent("player:started", { bubbles: true, detail: { player: this } }));
    await this.video.play().catch(() => {
      // the browser wants another press; the controls are there
    });
  }

  async attachStream(startPosition) {
    const { default: Hls } = await import("../vendor/player/hls.min.mjs");
    if (!Hls.isSupported()) {
      this.attachNative(startPosition);
      return;
    }
    const hls = new Hls({
      enableWorker: false,
      enableWebVTT: false,
      enableIMSC1: false,
      enableCEA708Captions: false,
      startPosition,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: FIRST_GUESS_BITS,
      backBufferLength: 60,
    });
    hls.on(Hls.Events.ERROR, (_event, error) => this.recover(Hls, hls, error));
    hls.loadSource(this.element.dataset.playlist);
    hls.attachMedia(this.video);
    this.hls = hls;
  }

  attachNative(startPosition) {
    this.video.src = this.element.dataset.playlist;
    if (startPosition) {
      const go = () => this.seek(startPosition * 1000);
      this.video.addEventListener("loadedmetadata", go, { once: true });
    }
  }

  recover(Hls, hls, error) {
    if (!error.fatal) return;
    const status = error.response?.code;
    if (status === 403 || status === 410) {
      this.say(this.element.dataset.textExpired);
      hls.stopLoad();
    } else if (error.type === Hls.ErrorTypes.NETWORK_ERROR) {
      this.say(this.element.dataset.textNetwork);
      setTimeout(() => hls.startLoad(), 3000);
    } else if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !this.recovered) {
      this.recovered = true;
      hls.recoverMediaError();
    } else {
      this.say(this.element.dataset.textFailed);
    }
  }

  /** Put media-chrome's controls around the picture; without constructable sheets the browser's own stay. */
  async dress() {
    if (!("adoptedStyleSheets" in Document.prototype)) {
      this.video.controls = true;
      return;
    }
    const { setLanguage } = await import("../vendor/player/media-chrome.min.mjs");
    const language = isChinese() ? "zh-CN" : "en";
    setLanguage(language);
    const chrome = this.element.querySelector("[data-player-chrome]").content;
    const controller = document.importNode(chrome, true).querySelector("media-controller");
    this.video.controls = false;
    this.video.slot = "media";
    controller.prepend(this.video);
    this.stage.replaceChildren(controller);
    controller.setAttribute("lang", language);
    this.mendNames(controller);
    controller.tabIndex = 0;
    controller.focus({ preventScroll: true });
  }

  /** What media-chrome says to screen readers, where it differs from what is seen. */
  mendNames(controller) {
    // aria-checked belongs to a switch
    controller.querySelector("media-captions-button")?.setAttribute("role", "switch");
    const rate = controller.querySelector("media-playback-rate-menu-button");
    const nameAsShown = () => {
      const name = rate.getAttribute("aria-label") ?? "";
      if (name && !name.endsWith("x")) rate.setAttribute("aria-label", `${name}x`);
    };
    new MutationObserver(nameAsShown).observe(rate, { attributeFilter: ["aria-label"] });
    nameAsShown();
  }

  offerStart() {
    this.video.removeAttribute("src");
    this.video.controls = false;
    this.startButton.hidden = false;
    this.startButton.addEventListener("click", () => this.start());
  }

  listen() {
    const collect = () => this.collect();
    for (const name of ["timeupdate", "pause", "seeking", "ended", "emptied"]) {
      this.video.addEventListener(name, collect);
    }
    this.video.addEventListener("ratechange", () => this.keepRate());
    this.video.addEventListener("timeupdate", () => this.remember(REMEMBER_EVERY_MS));
    this.video.addEventListener("pause", () => this.remember(0));
    this.video.addEventListener("playing", () => {
      if (this.wasPlaying) this.say("");
      this.wasPlaying = true;
    });
    addEventListener("pagehide", () => this.remember(0));
  }

  collect() {
    this.ranges = union(this.ranges, fromTimeRanges(this.video.played));
  }

  keepRate() {
    const fastest = Math.max(...this.rates);
    if (this.video.playbackRate > fastest) this.video.playbackRate = fastest;
  }

  get memory() {
    return `player:${this.element.dataset.version}`;
  }

  rememberedPosition() {
    const given = this.element.dataset.positionMs;
    let position = Number(given ?? 0);
    if (given === undefined) {
      try {
        position = Number(localStorage.getItem(this.memory) ?? 0);
      } catch {
        position = 0;
      }
    }
    return position > 0 && position < this.duration() - NEAR_END_MS ? position : 0;
  }

  remember(every) {
    const now = performance.now();
    if (this.element.dataset.positionMs !== undefined || now - this.rememberedAt < every) return;
    if (!this.video.currentTime) return;
    this.rememberedAt = now;
    try {
      localStorage.setItem(this.memory, String(this.position()));
    } catch {
      // a browser that keeps nothing starts at the beginning
    }
  }
}

for (const element of document.querySelectorAll("[data-player]")) {
  const player = new Player(element);
  element.player = player;
  element.dispatchEvent(new CustomEvent("player:ready", { bubbles: true, detail: { player } }));
}
