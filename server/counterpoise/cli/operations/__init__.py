"""The commands that keep journals: copy them, bring them back, check the machine, erase what is no longer wanted."""
