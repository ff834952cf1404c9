// Plays a story: one picture and one sentence at a time, in the page and on the full screen. Nothing is fetched:
// every picture is there from the start. The same file plays on the Present page and in the file to take away.
const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
const SIDEWAYS = new Set(["ArrowRight", "ArrowLeft"]); // by which no page scrolls
const IDLE = "body, main, a, button:not([role])"; // what has the focus while nothing reads these two keys
const SMALLEST = 13; // pixels: where letters would be smaller, the picture moves in on what is new
const SWIPE = 40; // pixels
const MOVE = 500; // milliseconds
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const players = new WeakMap();

export default function play({ data, parentElement }) {
  const root = parentElement.querySelector(".player");
  if (!players.has(root)) players.set(root, new Player(root));
  const player = players.get(root);
  player.load(data);
  document.addEventListener("keydown", player.idle);
  return () => {
    document.removeEventListener("keydown", player.idle);
    player.leave();
  };
}

class Player {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.show = this.find(".show");
    this.key = (event) => this.pressed(event);
    this.idle = (event) => SIDEWAYS.has(event.key) && event.composedPath()[0].matches(IDLE) && this.pressed(event);
    this.find("select").onchange = (event) => this.choose(Number(event.target.value));
    this.find(".start").onclick = () => this.enter();
    this.find(".leave").onclick = () => this.leave();
    this.find(".next").onclick = () => this.go(this.step + 1);
    this.find(".back").onclick = () => this.go(this.step - 1);
    this.show.onkeydown = (event) => this.on || this.pressed(event);
    this.show.onpointerdown = (event) => { this.from = event.button ? null : event.clientX; };
    this.show.onpointercancel = () => { this.from = null; };
    this.show.onpointerup = (event) => this.pointed(event);
    this.show.onfullscreenchange = () => document.fullscreenElement || this.leave();
    new ResizeObserver(() => this.frame()).observe(this.show);
  }

  load(data) {
    if (data.stamp === this.data?.stamp) return;
    const same = data.key === this.data?.key;
    this.data = data;
    Object.assign(this.show.style, { color: data.ink, backgroundColor: data.paper });
    const select = this.find("select");
    select.replaceChildren(...data.stories.map((story, at) => new Option(story.title, at)));
    this.find(".choose").hidden = data.stories.length < 2;
    this.choose(Math.min(same ? this.place : Number(this.recall("story")) || 0, data.stories.length - 1));
  }

  choose(place) {
    this.place = place;
    this.story = this.data.stories[place];
    this.find("select").value = place;
    this.keep("story", place);
    this.show.setAttribute("aria-label", this.story.title);
    this.find(".picture").replaceChildren();
    this.whole = this.view = null;
    this.find(".outline").replaceChildren(...this.story.scenes.map((scene, at) => this.line(scene, at)));
    this.go(Number(this.recall(this.story.title)) || 0, true);
  }

  line(scene, at) {
    const item = document.createElement("li");
    const button = element("button", scene.title);
    button.type = "button";
    button.onclick = () => this.go(at);
    item.append(button, element("p", scene.sentence));
    if (scene.notes.length) {
      const more = document.createElement("details");
      more.append(element("summary", "What you could add"), ...scene.notes.map((note) => element("p", note)));
      item.append(more);
    }
    return item;
  }

  go(step, quiet = false) {
    const last = this.story.scenes.length - 1;
    this.step = Math.max(0, Math.min(step, last));
    this.scene = this.story.scenes[this.step];
    this.keep(this.story.title, this.step);
    const { title, sentence, about, asks } = this.scene;
    const count = `${this.step + 1} of ${last + 1}`;
    this.find(".slide").classList.toggle("asks", asks);
    this.find(".title").textContent = title;
    this.find(".sentence").textContent = sentence;
    this.find(".about").textContent = about;
    this.find(".count").textContent = count;
    if (!quiet) this.find(".said").textContent = `${count}. ${title}. ${sentence}`;
    this.find(".back").disabled = this.step === 0;
    this.find(".next").disabled = this.step === last;
    this.draw();
    for (const [at, item] of [...this.find(".outline").children].entries()) {
      if (at === this.step) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
  }

  draw() {
    const picture = this.find(".picture");
    const before = new Set(parts(picture).map(name));
    picture.innerHTML = this.scene.svg; // labels were escaped where it was drawn
    picture.setAttribute("aria-label", this.scene.alt);
    if (before.size) for (const part of parts(picture)) if (!before.has(name(part))) part.classList.add("fresh");
    this.whole = picture.firstElementChild.getAttribute("viewBox").split(" ").map(Number);
    this.frame(Boolean(before.size));
  }

  // Show the whole drawing, or as much of it around what is new as leaves its letters large enough to read.
  frame(slowly = false) {
    const { clientWidth, clientHeight } = this.find(".picture");
    if (!this.whole || !clientHeight) return;
    const letters = ([, , width, height]) => this.data.letters * Math.min(clientWidth / width, clientHeight / height);
    const closer = this.on || innerWidth < 640 ? this.scene.closer : [];
    const views = [this.whole, ...closer];
    this.move(views.find((view) => letters(view) >= SMALLEST) ?? views.at(-1), slowly);
  }

  move(view, slowly) {
    cancelAnimationFrame(this.moving);
    const from = slowly && this.view && !STILL.matches ? this.view : view;
    const begin = performance.now();
    const turn = (now) => {
      const share = from === view ? 1 : Math.min(1, Math.max(0, (now - begin) / MOVE));
      const eased = share * share * (3 - 2 * share);
      this.view = view.map((side, at) => from[at] + (side - from[at]) * eased);
      this.find(".picture").firstElementChild.setAttribute("viewBox", this.view.join(" "));
      if (share < 1) this.moving = requestAnimationFrame(turn);
    };
    turn(begin);
  }

  async enter() {
    if (this.on) return;
    this.on = true;
    window.addEventListener("keydown", this.key, true);
    try {
      await this.show.requestFullscreen({ navigationUI: "hide" });
    } catch {
      this.show.popover = "manual";
      this.show.showPopover();
    }
    this.show.focus({ preventScroll: true });
    this.frame();
  }

  leave() {
    if (!this.on) return;
    this.on = false;
    window.removeEventListener("keydown", this.key, true);
    if (document.fullscreenElement) document.exitFullscreen();
    this.show.removeAttribute("popover");
    this.find(".start").focus();
    this.frame();
  }

  pressed(event) {
    const { key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if ((key === " " || key === "Enter") && event.composedPath()[0].tagName === "BUTTON") return;
    if (NEXT.has(key)) event.repeat || this.go(this.step + 1);
    else if (BACK.has(key)) event.repeat || this.go(this.step - 1);
    else if (key === "Home") this.go(0);
    else if (key === "End") this.go(this.story.scenes.length - 1);
    else if (key === "Escape") this.leave();
    else if (key !== "F5" || !this.on) return; // the start button of many clickers; a page loaded anew would end the show
    event.preventDefault();
    event.stopPropagation();
  }

  pointed(event) {
    if (this.from === null || event.target.closest("button")) return;
    const moved = event.clientX - this.from;
    const { left, width } = this.show.getBoundingClientRect();
    const back = Math.abs(moved) > SWIPE ? moved > 0 : event.clientX < left + width / 5;
    this.go(this.step + (back ? -1 : 1));
  }

  // A tab remembers where each story was; where a browser keeps nothing, it begins at the beginning.
  keep(what, value) {
    try { sessionStorage.setItem(`show ${this.data.key} ${what}`, value); } catch { /* private browsing */ }
  }

  recall(what) {
    try { return sessionStorage.getItem(`show ${this.data.key} ${what}`); } catch { return null; }
  }
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

const parts = (picture) => [...picture.querySelectorAll("[data-node], [data-link], [data-loop]")];
const name = (part) => part.dataset.node ?? part.dataset.link ?? part.dataset.loop;
