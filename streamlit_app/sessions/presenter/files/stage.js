// The presenter view: asks every 2.5 seconds what the room is to see, and draws only what changed.
let shown = "", known = new Set()

function element(tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

// Words that came of what was looked at take its place: a room reads one thing at a time.
const framed = (stage) => stage.item && stage.item.frame && !(stage.item.revealed && stage.found.length && !stage.answers.tallies.length)

function draw(stage) {
  document.title = stage.title
  $("title").textContent = stage.title
  $("where").textContent = stage.where
  $("demo").hidden = !stage.demo
  $("demo").textContent = stage.demo || ""
  const main = $("main")
  main.className = framed(stage) ? "wide" : ""
  $("join").hidden = !stage.code
  $("code").textContent = stage.code || ""
  $("how").textContent = words.how
  if (stage.qr && $("qr").dataset.code !== stage.code) {
    $("qr").innerHTML = stage.qr // made by this server, of its own address
    $("qr").dataset.code = stage.code
  }
  $("present").hidden = false
  $("present").firstElementChild.textContent = stage.present
  $("present").lastElementChild.textContent = words.present
  $("waiting").textContent = stage.waiting ? words.waiting : ""
  $("dots").replaceChildren(...stage.agenda.map((_, index) => element("i", index + 1 === stage.place ? "now" : "")))
  $("next").textContent = stage.next ? words.next : ""
  drawItem(stage)
}

function drawItem(stage) {
  const item = stage.item
  const key = JSON.stringify([item, stage.answers, stage.found, stage.noted, stage.guesses])
  if (key === shown) return
  shown = key
  $("kind").textContent = item ? item.kind : ""
  $("h1").textContent = item ? item.title : words.empty
  $("h1").className = item && item.title.length > 60 ? "long" : ""
  $("text").textContent = item ? item.text : ""
  $("text").hidden = !item || !item.text
  const parts = []
  if (framed(stage)) parts.push(frame(item))
  if (item && item.revealed) {
    if (stage.answers.tallies.length) parts.push(...counted(stage.answers.tallies, stage.found.length > 0))
    if (stage.guesses.length) parts.push(guessed(stage.guesses))
    if (stage.found.length) parts.push(sentences(stage))
    if (stage.answers.wall.length) parts.push(wall(stage.answers.wall))
    if (item.answers && !stage.answers.tallies.length && !stage.answers.wall.length && !item.frame && !stage.guesses.length)
      parts.push(number(stage))
  } else if (item) {
    if (stage.found.length) parts.push(asked(stage.found))
    if (stage.answers.tallies.length && !item.frame) parts.push(listed(stage.answers.tallies))
    if (item.answers && !(item.frame && !stage.answers.count)) parts.push(number(stage))
  }
  $("answers").replaceChildren(...parts)
}

function frame(item) {
  const old = $("answers").querySelector("iframe")
  if (old && old.dataset.target === item.frame) return old
  const made = element("iframe")
  made.dataset.target = item.frame
  made.src = item.frame
  made.title = item.title
  return made
}

function number(stage) {
  const made = element("div", stage.item.frame || stage.answers.tallies.length ? "hidden beside" : "hidden")
  made.append(element("b", "", stage.answers.count), element("span", "", words.answered))
  return made
}

const FIT = 8
function listed(tallies) {
  const list = element("ul", "statements" + (tallies.length > 5 ? " many" : ""))
  for (const tally of tallies.slice(0, FIT)) list.append(element("li", "", tally.text))
  return list
}

function counted(tallies, tight) {
  const key = element("p", "key")
  for (const side of ["agree", "pass", "disagree"]) {
    const label = element("span", "", words[side])
    const swatch = element("i")
    swatch.style.background = `var(--${side})`
    label.prepend(swatch)
    key.append(label)
  }
  const list = element("ul", "statements counted" + (tight ? " tight" : tallies.length > 5 ? " many" : ""))
  for (const tally of tallies.slice(0, FIT)) {
    const line = element("li")
    const bar = element("div", "bar")
    const all = tally.agree + tally.pass + tally.disagree
    bar.setAttribute("role", "img")
    bar.setAttribute("aria-label", `${words.agree} ${tally.agree}, ${words.pass} ${tally.pass}, ${words.disagree} ${tally.disagree}`)
    for (const side of ["agree", "pass", "disagree"]) {
      if (!tally[side]) continue
      const part = element("i", side, tally[side] / all > .06 ? tally[side] : "")
      part.style.flex = `${tally[side]} 1 0`
      bar.append(part)
    }
    line.append(element("span", "", tally.text), bar)
    list.append(line)
  }
  return tallies.length > FIT ? [key, list, element("p", "more", words.more)] : [key, list]
}

function guessed(rows) {
  const table = element("table", rows.length > 4 ? "guesses many" : "guesses")
  const head = element("tr")
  head.append(element("th"), ...["room", "model", "came"].map((side) => element("th", "", words[side])))
  table.append(head)
  for (const row of rows) {
    const line = element("tr"), place = element("td", "", row.place)
    place.append(element("small", "", row.people))
    line.append(place)
    for (const side of ["room", "model", "came"]) {
      const cell = element("td"), chip = element("b", "chip", row[side].text)
      chip.style.background = row[side].fill
      chip.style.color = row[side].ink
      cell.append(chip)
      line.append(cell)
    }
    table.append(line)
  }
  return table
}

// What stands alone is large; of some items the last sentence only explains the others.
function sentences(stage) {
  const alone = !stage.answers.tallies.length && !stage.guesses.length
  const made = element("div", alone ? (stage.noted ? "found alone noted" : "found alone") : "found")
  for (const sentence of stage.found) made.append(element("p", "", sentence))
  return made
}

function asked(words) {
  const made = element("div", "asked")
  for (const sentence of words) made.append(element("p", "", sentence))
  return made
}

function wall(texts) {
  const made = element("div", "wall" + (texts.length < 7 ? " few" : ""))
  for (const text of texts) made.append(element("p", known.size && !known.has(text) ? "new" : "", text))
  known = new Set(texts)
  return made
}

function tick() {
  $("timer").hidden = ends === null
  if (ends === null) return
  const left = Math.max(0, Math.round((ends - Date.now()) / 1000))
  $("timer").className = left ? "fact" : "fact over"
  $("timer").firstElementChild.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}

document.addEventListener("keydown", (event) => {
  const what = { ArrowRight: "after", PageDown: "after", ArrowLeft: "before", PageUp: "before", " ": "reveal", t: "timer" }[event.key]
  if (what) { event.preventDefault(); act(what) }
})
