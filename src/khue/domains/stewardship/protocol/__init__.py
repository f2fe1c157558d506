"""OpenAI's HTTP protocol: what may be asked, how it is answered and refused. Plain Python."""
