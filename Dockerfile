# For compose.yaml. One machine needs none of this: make run.
FROM python:3.11-slim
WORKDIR /khue
COPY . .
RUN python -m venv .venv && .ci/install .venv requirements.lock \
 && for part in locale/*/; do .venv/bin/pybabel -q compile -D django -d "$part"; done
