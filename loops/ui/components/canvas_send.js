// What somebody did, on its way to Python: in order, once, and one message at a time. A message holds everything
// that waits for an answer; Python answers with the number of the last gesture it has done.

const PATIENCE_SENT = 5000; // milliseconds without an answer until the same is sent again; doubled each time

const emptyPost = ({ visit, number }) => ({ visit, last: number, queue: [], out: false, tries: 0, timer: 0 });

function send(canvas, gesture) {
  const { post } = canvas.editor;
  post.queue.push(gesture);
  post.last += 1;
  if (!post.out) deliver(canvas);
}

function deliver(canvas) {
  const { post } = canvas.editor;
  const wait = PATIENCE_SENT * 2 ** post.tries;
  post.out = true;
  post.tries += 1; // also makes a message that is sent again another one, or else Streamlit would keep it back
  canvas.send({ visit: post.visit, last: post.last, tries: post.tries, gestures: [...post.queue] });
  clearTimeout(post.timer);
  post.timer = setTimeout(() => deliver(canvas), wait);
}

// Python has answered: forget what it has done, send what has come since. True when it did something.
function hear(canvas) {
  const { post } = canvas.editor;
  const { visit, number } = canvas.data;
  if (post.visit !== visit) {
    clearTimeout(post.timer);
    canvas.editor.post = emptyPost(canvas.data);
    return true;
  }
  const waiting = post.last - number;
  if (waiting >= post.queue.length) return false;
  post.queue = waiting ? post.queue.slice(-waiting) : [];
  clearTimeout(post.timer);
  post.out = false;
  post.tries = 0;
  if (waiting) deliver(canvas);
  return true;
}
