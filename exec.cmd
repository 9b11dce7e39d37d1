@rem Windows has no `exec`, which `npm start` uses so that signals for npm reach the sandbox. There, this file is it.
@%*
