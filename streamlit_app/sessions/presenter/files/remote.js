// The remote control: asks like the room's screen what is on it, and sends what is pressed.

function draw(stage) {
  const item = stage.item
  $("h1").textContent = item ? `${stage.place}. ${item.title}` : words.empty
  $("next").textContent = stage.next ? words.next : ""
  $("present").textContent = `${stage.present} ${words.present}`
  $("answers").textContent = item && item.answers ? `${stage.answers.count} ${words.answered}` : ""
  $("waiting").textContent = stage.waiting ? words.waiting : ""
  $("reveal").textContent = item && item.revealed ? words.hide : words.reveal
  $("reveal").disabled = !item || !item.answers
  $("rush").textContent = stage.open ? words.rush : ""
  $("door").textContent = words.door
  $("door").disabled = !stage.open
  $("start").textContent = ends === null ? words.start : words.stop
  for (const name of ["before", "after"]) $(name).textContent = words[name]
  $("before").disabled = stage.place <= 1
  $("after").disabled = stage.place >= stage.agenda.length
  tick()
}

function tick() {
  const left = ends === null ? null : Math.max(0, Math.round((ends - Date.now()) / 1000))
  $("timer").textContent = left === null ? "" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}

for (const [id, what] of [["before", "before"], ["after", "after"], ["reveal", "reveal"], ["start", "timer"], ["door", "door"]])
  $(id).addEventListener("click", () => act(what))
