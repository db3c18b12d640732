// German: pieces of every page.

export default {
  close: "Schließen",
  nothing: "Noch nichts.",
  option: "{verb}: {state}",
  picture: "Als Bild zeigen",
  span: "{start} bis {end}.",
  table: "Als Tabelle zeigen",
  watching: "Sie schauen zu",
};
