/**
 * Keeps a command on a leash: runs it with a shell in a process group of its own, and ends the whole group as soon as
 * the standard input of this process ends. Whoever holds the other end need not live to let go of it: a run that is
 * killed leaves nothing behind.
 *
 * Arguments: the folder to run in, and the command. What the command writes comes out here; exits as the command did.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const [cwd, command] = process.argv.slice(2);
/** How long a group may take to end of its own accord, in ms, before it is made to. */
const patienceMs = 5_000;
const lookEveryMs = 25;

// The terminal's Ctrl-C is for whoever holds the leash.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
// Nobody may be reading any more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const child = spawn(command, { cwd, shell: true, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
let exitCode;
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
// The shell may leave a server in the background: the command has ended when nothing of its group is left.
child.on('exit', (code, signal) => {
  exitCode = code ?? signal;
  whenGone();
});
process.stdin.on('end', letGo).on('error', letGo).resume();

function letGo() {
  sendToGroup('SIGTERM');
  setTimeout(() => sendToGroup('SIGKILL'), patienceMs);
}

function whenGone() {
  if (groupLives()) setTimeout(whenGone, lookEveryMs);
  else if (typeof exitCode === 'number') process.exit(exitCode);
  else {
    process.removeAllListeners(exitCode);
    process.kill(process.pid, exitCode);
  }
}

/** Whether anything of the group still runs: what is dead but was not asked for its end yet does not count. */
function groupLives() {
  if (!sendToGroup(0)) return false;
  try {
    return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isOfGroup(name));
  } catch {
    // Where there is no /proc, the dead are asked at once.
    return true;
  }
}

function isOfGroup(pid) {
  try {
    const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(group) === child.pid && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** Sends a signal to the group of the command; gives whether there still is one. */
function sendToGroup(signal) {
  try {
    process.kill(-Number(child.pid), signal);
    return true;
  } catch {
    return false;
  }
}
