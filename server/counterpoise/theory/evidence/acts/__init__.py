"""Acts that take a side: their kinds, the menus they chose from, and what each hypothesis gives each entry of a menu."""
