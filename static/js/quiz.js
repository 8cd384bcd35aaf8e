// Saves every answer as it is given and counts down to the server's deadline. Without this module
// the form does the same with its two buttons.
import { post, RequestRefused } from "./request.js";

const RETRY_MS = 5000;
const PATIENCE_MS = 10000;

class Quiz {
  constructor(form) {
    this.form = form;
    this.changed = new Set();
    this.unsent = null;
    form.addEventListener("change", (event) => {
      const question = event.target.closest("[data-question]");
      if (!question) return;
      this.changed.add(question);
      this.told = false;
      this.count();
      this.flush();
    });
    form.addEventListener("submit", (event) => this.beforeLeaving(event));
    addEventListener("online", () => this.flush());
    this.countDown();
  }

  chosen(question) {
    return [...question.querySelectorAll("input:checked")].map((input) => input.value);
  }

  /** Send what waits, one answer after another; everybody who asks waits for the same sending. */
  flush() {
    this.flushing ??= this.sendAll().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  async sendAll() {
    clearTimeout(this.timer);
    try {
      while ((this.unsent ??= this.next())) {
        await this.save(this.unsent);
        this.unsent = null;
        if (!this.changed.size && !this.told) this.say("saved");
      }
    } catch (error) {
      this.refused(error);
    }
  }

  /** The next answer to send. Until the server has answered, the same one is repeated. */
  next() {
    const [question] = this.changed;
    if (!question) return null;
    this.changed.delete(question);
    const seen = Number(question.querySelector("[data-seen]").value);
    return { question, body: { options: this.chosen(question), sequence: seen + 1, seen } };
  }

  async save({ question, body }) {
    const answer = await post(this.form, question.dataset.url, body, { method: "PUT" });
    question.querySelector("[data-seen]").value = String(answer.sequence);
    if (answer.kept) return;
    // another window has answered this question since: its answer is shown instead
    this.changed.delete(question);
    const shown = question.querySelectorAll("input:not([type=hidden])");
    for (const input of shown) input.checked = answer.options.includes(input.value);
    this.count();
    this.told = true;
    this.say("older");
  }

  refused(error) {
    const code = error instanceof RequestRefused ? error.code : "offline";
    this.say(code);
    if (code === "offline") {
      this.timer = setTimeout(() => this.flush(), RETRY_MS);
      return;
    }
    this.unsent = null;
    this.changed.clear();
  }

  /** Answers on their way arrive before the form leaves; without a network it stays. */
  async beforeLeaving(event) {
    if (this.leaves || !(this.flushing || this.unsent || this.changed.size)) return;
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    this.told = false;
    const asked = event.submitter;
    await Promise.race([this.flush(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    this.waiting = false;
    if (this.told || (this.unsent && !this.flushing)) return;
    this.leaves = true;
    clearTimeout(this.timer);
    this.form.requestSubmit(asked);
  }

  count() {
    const questions = [...this.form.querySelectorAll("[data-question]")];
    const answered = questions.filter((question) => this.chosen(question).length > 0).length;
    this.form.querySelector("[data-quiz-answered]").textContent = String(answered);
  }

  countDown() {
    const clock = this.form.querySelector("[data-quiz-clock]");
    if (!clock || this.form.dataset.secondsLeft === undefined) return;
    const endsAt = performance.now() + Number(this.form.dataset.secondsLeft) * 1000;
    const show = () => {
      const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left > 0) return;
      clearInterval(timer);
      // time is over: nothing is left to ask
      this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "gaps", value: "accepted" }));
      this.form.requestSubmit();
    };
    const timer = setInterval(show, 1000);
    show();
  }

  say(code) {
    const known = this.form.querySelector(`[data-say="${code}"]`) ?? this.form.querySelector('[data-say="other"]');
    this.form.querySelector("[data-quiz-word]").replaceChildren(...known.cloneNode(true).childNodes);
  }
}

for (const form of document.querySelectorAll("[data-quiz]")) new Quiz(form);
