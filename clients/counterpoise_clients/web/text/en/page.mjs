// English: pieces of every page.

export default {
  close: "Close",
  nothing: "Nothing yet.",
  option: "{verb} with {state}",
  picture: "Show as picture",
  span: "{start} to {end}.",
  table: "Show as table",
  watching: "You are watching",
};
