"""The whole server in virtual time, with faults from one seed. The modules of the server run unchanged."""
