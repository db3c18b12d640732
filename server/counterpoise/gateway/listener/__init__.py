"""The listener below the websockets: plain requests, the files of the browser client, and sockets before their hello."""
