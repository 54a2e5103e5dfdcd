#!/bin/sh
# Builds the embedded host's image, runs it in containers of its own, and counts which of the properties that docs/kubernetes.md promises hold.
#
# usage: infra/containers/prove.sh [--base-from-debootstrap]
#   --base-from-debootstrap   where no registry of images is reached: bases are made of Debian 12 and of this machine's .NET SDK and Node.js.
#                             The Dockerfile is the same; only the values of its ARGs differ.
# needs:  root; buildah, podman, runc or crun, iproute2, curl; with the option also debootstrap, dotnet, node 20, npm.
# prints: a line for each property, and at the end "N passed, N failed, N skipped".
# exit:   0 all hold; 1 one does not; 2 wrong use; 77 nothing could be tried here.
# shellcheck disable=SC2317  # "holds" calls most functions by their name.
set -eu
cd "$(dirname "$0")/../.."

user=1654
properties=11
here=10.213.77.1
there=10.213.77.2
passed=0
failed=0
debootstrap=false
case "${1-}" in
  "") ;;
  --base-from-debootstrap) debootstrap=true ;;
  *) sed -n '4,6p' "$0" >&2; exit 2 ;;
esac

skip() {
  echo "the image was not tried: $1"
  echo "0 passed, 0 failed, $properties skipped"
  exit 77
}

[ "$(id -u)" = 0 ] || skip "it takes root"
for tool in buildah podman ip curl; do command -v "$tool" >/dev/null || skip "there is no $tool"; done
runtime=$(command -v runc || command -v crun) || skip "there is neither runc nor crun"
if $debootstrap; then
  for tool in debootstrap dotnet node npm; do command -v "$tool" >/dev/null || skip "there is no $tool"; done
  [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] || skip "node is older than 20"
fi

work=$(mktemp -d)
space="iomtad$$"
link="iom$$"
export BUILDAH_ISOLATION=chroot
# Overlays spare copies of whole file systems; within another overlay they may not be had.
driver=overlay
command buildah --root "$work/probe" --runroot "$work/proberun" --storage-driver overlay from scratch >/dev/null 2>&1 || driver=vfs

# Everything has a place of its own, so that nothing of this machine's images and containers is seen or touched.
buildah() { command buildah --root "$work/storage" --runroot "$work/run" --storage-driver "$driver" "$@"; }
podman() {
  command podman --root "$work/storage" --runroot "$work/run" --storage-driver "$driver" --tmpdir "$work/libpod" --runtime "$runtime" \
    --cgroup-manager cgroupfs --events-backend none "$@"
}

# As the manifests have it: no root, no capabilities, nothing to write to but /data and /tmp. The limits are those that a nested machine may set.
contain() {
  podman run --no-healthcheck --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --network "ns:/run/netns/$space" \
    --read-only --read-only-tmpfs=false --tmpfs /tmp --cap-drop all --security-opt no-new-privileges "$@"
}

clean() {
  status=$?
  podman rm --all --force --time 0 >/dev/null 2>&1 || true
  ip link del "$link" 2>/dev/null || true
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work" 2>/dev/null || true
  exit "$status"
}
trap clean EXIT
trap 'exit 130' INT TERM

# holds NAME COMMAND…: whether it does is counted; what it printed is shown where it does not.
holds() {
  name=$1
  shift
  if "$@" >"$work/answer" 2>&1; then
    passed=$((passed + 1))
    echo "  holds  $name"
  else
    failed=$((failed + 1))
    echo "  FAILS  $name"
    tail -30 "$work/answer" | sed 's/^/         /'
  fi
}

finish() {
  echo "$passed passed, $failed failed, $((properties - passed - failed)) skipped"
  [ "$failed" -eq 0 ] || exit 1
  exit 0
}

# Debian, and what the .NET runtime needs; then the SDK and Node.js on top.
make_bases() {
  debootstrap --variant=minbase --include=ca-certificates,libssl3,libstdc++6,tzdata,zlib1g bookworm "$work/debian" >"$work/debootstrap.log" 2>&1 || {
    tail -5 "$work/debootstrap.log"
    skip "debootstrap did not get Debian"
  }
  rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/*
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  base=$(buildah from scratch)
  root=$(buildah mount "$base")
  mv "$work"/debian/* "$root"/
  mkdir -p "$root/usr/share/dotnet" "$root/usr/lib/node_modules"
  cp -a "$sdk/dotnet" "$sdk/host" "$sdk/shared" "$root/usr/share/dotnet/"
  ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
  buildah commit -q "$base" localhost/runtime >/dev/null
  # There is no ICU in it.
  buildah config --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=false "$base"
  cp -a "$sdk/sdk" "$sdk/sdk-manifests" "$sdk/packs" "$sdk/templates" "$root/usr/share/dotnet/"
  cp -aL "$(command -v node)" "$root/usr/bin/node"
  cp -aL "$(npm root --global)/npm" "$root/usr/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
  buildah commit -q "$base" localhost/sdk >/dev/null
  buildah rm "$base" >/dev/null
}

# This machine's registries and certificates, mounted for the length of a step: no layer keeps them.
build() {
  set --
  if $debootstrap; then
    {
      [ ! -f "$HOME/.npmrc" ] || cat "$HOME/.npmrc"
      echo
      echo "registry=$(npm config get registry)"
      echo "cafile=/etc/ssl/certs/ca-certificates.crt"
    } >"$work/npmrc"
    set -- --pull=never --volume /etc/ssl/certs:/etc/ssl/certs:ro --secret "id=npmrc,src=$work/npmrc" \
      --build-arg NODE_IMAGE=localhost/sdk --build-arg SDK_IMAGE=localhost/sdk --build-arg RUNTIME_IMAGE=localhost/runtime
    [ ! -f "$HOME/.nuget/NuGet/NuGet.Config" ] || set -- "$@" --secret "id=nuget,src=$HOME/.nuget/NuGet/NuGet.Config"
    [ -z "${NUGET_CERT_REVOCATION_MODE-}" ] || set -- "$@" --build-arg "NUGET_CERT_REVOCATION_MODE=$NUGET_CERT_REVOCATION_MODE"
  fi
  buildah build --format docker "$@" -t localhost/iomtad-embedded -f infra/containers/embedded.Dockerfile .
}

get() { curl --silent --show-error --max-time 5 "$@"; }

# answers PATH: within a minute.
answers() {
  tries=0
  until get --fail "http://$there:5080$1" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || return 1
    sleep 0.5
  done
}

is_nobody() {
  [ "$(podman inspect --format '{{.Config.User}}' watched)" = "$user:$user" ] || return 1
  grep -E "^Uid:([[:space:]]+${user}){4}$" "/proc/$(podman inspect --format '{{.State.Pid}}' watched)/status"
}

is_healthy() { podman exec watched /app/iomtad health; }

serves_the_page() {
  get "http://$there:5080/" >"$work/page" && script=$(sed -n 's/.*src="\.\/\(assets\/[^"]*\.js\)".*/\1/p' "$work/page") && [ -n "$script" ] || return 1
  get --output /dev/null --write-out '%{http_code} %{content_type}' "http://$there:5080/$script" | grep '^200 text/javascript'
}

asks_for_a_key() {
  key=$(podman logs watched 2>&1 | sed -n 's/^Sign in with the key //p')
  [ "$(get --output /dev/null --write-out '%{http_code}' "http://$there:5080/api/v1/overview")" = 401 ] || return 1
  [ "$(get --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $key" "http://$there:5080/api/v1/overview")" = 200 ]
}

# ended NAME: within five minutes.
ended() {
  tries=0
  until [ "$(podman inspect --format '{{.State.Status}}' "$1")" = exited ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || return 1
    sleep 1
  done
}

catches_all() {
  ended watched || { podman logs watched; return 1; }
  podman logs watched >"$work/demo.log" 2>&1
  grep '^20 of 20 caught\.' "$work/demo.log" || { cat "$work/demo.log"; return 1; }
}

wrote_nothing_else() { [ "$(podman inspect --format '{{.HostConfig.ReadonlyRootfs}} {{.State.Status}} {{.State.ExitCode}}' watched)" = "true exited 0" ]; }

promotes_once() {
  cp -r "$(podman volume inspect --format '{{.Mountpoint}}' record)"/demo/models/* "$work/bundle"
  buildah build --format docker --pull=never --build-arg EMBEDDED_IMAGE=localhost/iomtad-embedded -t localhost/iomtad-model \
    -f infra/containers/model.Dockerfile "$work/bundle" || return 1
  contain --rm --volume other:/data localhost/iomtad-model | grep 'is in use now' || return 1
  contain --rm --volume other:/data localhost/iomtad-model | grep 'is in use already'
}

# With the arguments of the manifest, and files where it mounts them. The brokers are nowhere: librdkafka has to load, and the host to wait.
# 10 s is what Docker grants by default.
runs_as_in_kubernetes() {
  mkdir -p "$work/etc/kafka" "$work/etc/inventory" "$work/etc/notifications" "$work/etc/keys"
  : >"$work/etc/kafka/kafka.properties"
  cp infra/kubernetes/base/inventory.json "$work/etc/inventory/"
  cp infra/kubernetes/overlays/embedded/iomtad.json "$work/etc/notifications/"
  cp "$(podman volume inspect --format '{{.Mountpoint}}' record)/demo/api-keys.json" "$work/etc/keys/" || return 1
  # shellcheck disable=SC2016  # It is Kubernetes that expands them.
  arguments=$(sed -n '/^            - serve$/,/^          env:/s/^            - //p' infra/kubernetes/overlays/embedded/stateful-set.yaml |
    sed 's/\$(KAFKA_BROKERS)/127.0.0.1:1/; s/\$(KAFKA_TOPIC)/iomt-traffic/; s/\$(KAFKA_GROUP)/iomtad/')
  # shellcheck disable=SC2086  # One argument a line, none with spaces.
  contain --detach --name served --volume other:/data --volume "$work/etc:/etc/iomtad:ro" localhost/iomtad-embedded $arguments || return 1
  { answers /readyz && podman logs served 2>&1 | grep "The page is on"; } || { podman logs served; return 1; }
  [ "$(get --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $key" "http://$there:5080/api/v1/overview")" = 200 ]
}

stops_in_time() {
  from=$(date +%s)
  podman stop --time 30 served || return 1
  took=$(($(date +%s) - from))
  podman logs served
  [ "$(podman inspect --format '{{.State.ExitCode}}' served)" = 0 ] && [ "$took" -lt 10 ]
}

ip netns add "$space" 2>/dev/null || skip "it may make no network namespace"
ip link add "$link" type veth peer name eth0 netns "$space" || skip "it may make no pair of network devices"
ip addr add "$here/30" dev "$link"
ip link set "$link" up
ip -n "$space" addr add "$there/30" dev eth0
ip -n "$space" link set eth0 up
ip -n "$space" link set lo up

began=$(date +%s)
if $debootstrap; then
  make_bases
  echo "bases made in $(($(date +%s) - began)) s"
  began=$(date +%s)
fi
holds "it builds" build
[ "$failed" -eq 0 ] || finish
echo "         in $(($(date +%s) - began)) s: $(buildah images --format '{{.Name}} {{.Size}}' | sort | tr '\n' ';')"

began=$(date +%s)
if ! contain --detach --name watched --volume record:/data localhost/iomtad-embedded demo --listen 0.0.0.0 --duration 20s --store /data/demo >"$work/answer" 2>&1; then
  cat "$work/answer"
  echo "no container starts here: only the build was tried"
  finish
fi
holds "it answers from outside" answers /healthz
holds "it is not root" is_nobody
holds "its own health check answers" is_healthy
holds "it serves the page" serves_the_page
holds "it asks for a key, and takes the one it printed" asks_for_a_key
holds "the demo catches 20 of 20" catches_all
echo "         in $(($(date +%s) - began)) s"
holds "a read-only root file system was enough" wrote_nothing_else
holds "a model's image puts it into use, once" promotes_once
holds "it runs as the manifest starts it" runs_as_in_kubernetes
holds "SIGTERM ends it in time" stops_in_time
finish
