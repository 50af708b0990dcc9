// What hands move goes to Python no faster than it answers: the newest waits, and the last is always sent.

const UNANSWERED = 2; // moves on their way

// `answered` tells the number of the last message that Python has answered; when that changes, `next` is called.
function mover(model, answered, most = UNANSWERED) {
  let sent = answered();
  let lost = 0; // the last one sent before the hand took hold: whether it is ever answered no longer counts
  let kept = null; // makes the newest move, for when an answer comes
  const moves = {
    begin() { lost = sent; },
    free: () => sent - Math.max(lost, answered()) < most,
    ahead: () => kept !== null || sent > answered(),
    send(message) {
      kept = null;
      sent = Math.max(sent, answered()) + 1;
      model.send({ ...message, n: sent });
      return sent;
    },
    // `make` makes the message when it is sent, so that it tells what is newest then.
    move(make) {
      if (moves.free()) moves.send(make());
      else kept = make;
    },
    next() {
      if (kept) moves.move(kept);
    },
  };
  return moves;
}

