// What the room's screen and the remote control share: asking what the room is to see, and the acts of the presenter.
// The page brings `draw(stage)` and `tick()`.
const $ = (id) => document.getElementById(id)
const here = location.pathname.replace(/(\/remote)?\/?$/, "")
const query = location.search
let ends = null, words = {}, seen = {}, acts = 0, told = 0, queue = Promise.resolve()

function say(text, seconds = 0) {
  told = Date.now() + seconds * 1000
  $("said").textContent = text
}

function take(stage) {
  words = stage.words
  seen = stage.seen
  ends = stage.seconds === null ? null : Date.now() + stage.seconds * 1000
  draw(stage)
}

async function refresh() {
  const before = acts
  try {
    const answer = await fetch(`${here}/now${query}`, { cache: "no-store" })
    const stage = await answer.json()
    if (before !== acts) return // what came meanwhile is newer
    if (!answer.ok) throw new Error(stage.error)
    take(stage)
    if (Date.now() > told) say("")
  } catch (error) {
    $("said").textContent = navigator.onLine && error.message && !(error instanceof TypeError) ? error.message : words.lost || ""
  }
}

// One after the other: who presses twice means the second for what they see after the first.
function act(what) {
  queue = queue.then(() => send(what))
}

async function send(what) {
  acts += 1
  try {
    const answer = await fetch(`${here}/now${query}`, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Stage": "1" },
      body: JSON.stringify({ act: what, seen: seen[what] }),
    })
    const stage = await answer.json()
    acts += 1
    if (answer.ok) take(stage)
    else {
      await refresh()
      say(stage.error, 8)
    }
  } catch {
    say(words.lost || "")
  }
  tick()
}

setInterval(refresh, 2500)
setInterval(tick, 250)
window.addEventListener("load", refresh)
