// Saves every answer as it is given and counts down to the server's deadline. Without this module
// the form does the same with its two buttons.
import { post, RequestRefused } from "./watch_request.js";

const RETRY_MS = 5000;

class Quiz {
  constructor(form) {
    this.form = form;
    this.sequence = Number(form.dataset.sequence);
    this.pending = new Map();
    form.addEventListener("change", (event) => {
      const question = event.target.closest("[data-question]");
      if (question) this.changed(question);
    });
    addEventListener("online", () => this.flush());
    this.countDown();
  }

  changed(question) {
    this.sequence += 1;
    this.pending.set(question, this.sequence);
    this.count();
    this.flush();
  }

  chosen(question) {
    return [...question.querySelectorAll("input:checked")].map((input) => input.value);
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      // answers given while one is on its way follow at once
      for (let next; (next = this.pending.entries().next().value); ) await this.save(...next);
    } catch (error) {
      this.refused(error);
    } finally {
      this.sending = false;
    }
    if (this.pending.size && !this.over) this.retryLater();
  }

  async save(question, sequence) {
    const options = this.chosen(question);
    const answer = await post(this.form, question.dataset.url, { options, sequence }, false, "PUT");
    if (this.pending.get(question) === sequence) this.pending.delete(question);
    if (answer.sequence > sequence) {
      this.sequence = Math.max(this.sequence, answer.sequence);
      for (const input of question.querySelectorAll("input")) input.checked = answer.options.includes(input.value);
      this.count();
      this.say("older");
    } else if (!this.pending.size) {
      this.say("saved");
    }
  }

  refused(error) {
    const code = error instanceof RequestRefused ? error.code : "offline";
    this.over = code === "attempt_over";
    if (code !== "offline") this.pending.clear();
    this.say(code);
  }

  retryLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), RETRY_MS);
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
      this.form.requestSubmit();
    };
    const timer = setInterval(show, 1000);
    show();
  }

  say(code) {
    const known = this.form.querySelector(`[data-say="${code}"]`) ?? this.form.querySelector('[data-say="other"]');
    this.form.querySelector("[data-quiz-word]").textContent = known.textContent;
  }
}

for (const form of document.querySelectorAll("[data-quiz]")) new Quiz(form);
