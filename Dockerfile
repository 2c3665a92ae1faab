# One image for web, worker, beat and migrate; docker-compose.yml says what each runs.

FROM node:22-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim AS packages
RUN python -m venv /opt/venv
COPY requirements/runtime.txt /tmp/runtime.txt
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/runtime.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin verleend \
    && install -d -o verleend -g verleend /var/lib/verleend
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VERLEEND_DATA=/var/lib/verleend
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --from=assets /assets/node_modules node_modules
COPY . .
# Style sheet, compressed files under hashed names, translations: made once, part of the image. The key signs nothing.
ENV STATIC_ROOT=/app/staticfiles
RUN SECRET_KEY=only-while-this-image-is-built-nothing-is-signed-with-it-0123456789 VERLEEND_DATA=/tmp/build python manage.py make_ready && rm -r /tmp/build
USER verleend
VOLUME /var/lib/verleend
EXPOSE 8000
CMD ["gunicorn", "grants.project.wsgi", "--worker-class=gthread", "--workers=2", "--threads=4", "--bind=0.0.0.0:8000", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
