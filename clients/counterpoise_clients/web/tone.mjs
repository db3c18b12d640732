// A short tone, for people who have allowed it.

/** Play two soft notes; nothing where the browser has no sound, or allows none yet. */
export function playTone() {
  const Context = globalThis.AudioContext;
  if (!Context) return;
  const sound = new Context();
  for (const [at, pitch] of [
    [0, 660],
    [0.18, 880],
  ]) {
    const note = sound.createOscillator();
    const volume = sound.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, sound.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.3);
    note.connect(volume).connect(sound.destination);
    note.start(sound.currentTime + at);
    note.stop(sound.currentTime + at + 0.3);
  }
  setTimeout(() => sound.close(), 800);
}
