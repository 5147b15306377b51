# Aliases only; ./spoed does the work.
.PHONY: demo rondgang test ci format lock

demo:
	./spoed demo
rondgang:
	./spoed demo --rondgang
test:
	./spoed test
ci:
	.ci/run
format:
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .
lock:
	.venv/bin/uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 \
		-o requirements.lock --no-emit-index-url --no-emit-find-links
	.venv/bin/uv pip compile .ci/semgrep/requirements.in --generate-hashes --python-version 3.11 \
		-o .ci/semgrep/requirements.lock --no-emit-index-url --no-emit-find-links
	.venv/bin/uv pip compile bench/vergelijk/requirements.in --generate-hashes --python-version 3.11 \
		-o bench/vergelijk/requirements.lock --no-emit-index-url --no-emit-find-links
