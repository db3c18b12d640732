// Double clicks on buttons that come and go: the answer of a near server is there between the two clicks, so that the second one may
// meet another button than the first one did. Resume may stand where Pause stood.

/** Where the double click that is under way began: the id of the button. */
let first = "";

/** Attributes of a bar of such buttons. */
export const NOTES_PRESS = {
  onmousedown: (/** @type {any} */ { detail, target }) => {
    if (detail < 2) first = target.id;
  },
};

/** Whether an event is the second click of a double click. @param {any} event */
export const isSecond = ({ detail }) => detail > 1;

/** Whether an event is the second click of a double click that began on another button. @param {any} event */
export const isStray = ({ detail, currentTarget }) => detail > 1 && currentTarget.id !== first;
