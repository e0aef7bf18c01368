# Two stages: everything that builds stays in the first. Not run where it was written;
# docs/operations.md says what was checked.
FROM python:3.11-slim AS build
WORKDIR /build
# Downloads are held against the hashes of the lock; what is installed is then taken
# from these files alone, and is no more than the service needs.
COPY requirements.lock ./
RUN pip wheel --no-cache-dir --require-hashes --requirement requirements.lock --wheel-dir /wheels
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY cds_service cds_service
COPY hooks hooks
COPY fixtures fixtures
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-index --find-links /wheels ".[postgresql]" \
    && /venv/bin/cds-service check \
    && /venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim
COPY --from=build /venv /venv
RUN install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/cds-service
WORKDIR /var/lib/cds-service
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CDS_HOST=0.0.0.0 \
    CDS_PORT=8000
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
ENTRYPOINT ["cds-service"]
CMD ["serve"]
