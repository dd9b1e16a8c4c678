# One image for every process: `hotline process api|worker|relay|notices`, `hotline prepare`, `hotline keys …`.
# Nothing is compiled: every dependency comes as a wheel, checked against the hashes of requirements.lock.

FROM python:3.11.16-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build

# Dependencies first: their layer stays as long as the lock does.
COPY pyproject.toml requirements.lock ./
COPY deploy/partial_lock.py deploy/
RUN python deploy/partial_lock.py run > run.lock \
    && python deploy/partial_lock.py build > build.lock \
    && python -m venv --without-pip /opt/hotline \
    && python -m pip --python /opt/hotline/bin/python install --only-binary :all: --require-hashes -r run.lock \
    && python -m pip install --only-binary :all: --require-hashes -r build.lock

COPY README.md ./
COPY domain domain
COPY workflows workflows
COPY activities activities
COPY store store
COPY vault vault
COPY nearness nearness
COPY classifier classifier
COPY rulebook rulebook
COPY workers workers
COPY api api
COPY config config
COPY telemetry telemetry
COPY local local
COPY audit audit
COPY cli cli
COPY demo demo
COPY bench bench
COPY drill drill
COPY migrations migrations
COPY policy policy
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && python -m pip --python /opt/hotline/bin/python install --no-deps --no-index dist/*.whl \
    && /opt/hotline/bin/python -m compileall -q /opt/hotline/lib

FROM python:3.11.16-slim-trixie
RUN groupadd --gid 10001 hotline \
    && useradd --uid 10001 --gid hotline --home-dir /var/lib/hotline --no-create-home --shell /usr/sbin/nologin hotline \
    && install -d -o hotline -g hotline -m 0750 /var/lib/hotline
COPY --from=build /opt/hotline /opt/hotline
COPY deploy/health /opt/hotline/health
COPY policy /etc/hotline/policy

# The build id of these workers (docs/operating.md, "A new release"); `dev` leaves worker versioning off.
ARG RELEASE=dev
ENV PATH=/opt/hotline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOTLINE_HOME=/var/lib/hotline \
    HOTLINE_POLICY=/etc/hotline/policy \
    HOTLINE_API_HOST=0.0.0.0 \
    HOTLINE_LOGS=json \
    HOTLINE_RELEASE=$RELEASE
USER 10001:10001
WORKDIR /var/lib/hotline
EXPOSE 8412
ENTRYPOINT ["hotline"]
CMD ["--help"]
