#!/bin/sh
# Tells Temporal that the workers of this release are the ones to give work to. Without that, versioned workers get
# nothing. `dev` is not versioned. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE come from the environment.
set -eu
if [ "$HOTLINE_RELEASE" = dev ]; then
    echo "release dev: worker versioning is off"
    exit 0
fi
exec temporal worker deployment set-current-version --deployment-name hotline --build-id "$HOTLINE_RELEASE" --yes
