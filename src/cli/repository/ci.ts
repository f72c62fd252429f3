/** Installs promtool, which runs the tests of alerts. */
const promtool = (sudo: string): string =>
  `curl -fsSL "https://github.com/prometheus/prometheus/releases/download/v$PROMETHEUS/prometheus-$PROMETHEUS.linux-amd64.tar.gz" | ${sudo}tar -xz -C /usr/local/bin --strip-components=1 --wildcards '*/promtool'`;

/** The workflow of GitHub: checks and tests, and the diff as a comment on the pull request. */
export const githubWorkflow = (prometheus: string): string => `name: crowsnest
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  pull-requests: write
env:
  PROMETHEUS: '${prometheus}'
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          # The diff needs the branch that the pull request changes.
          fetch-depth: 0
      - uses: actions/setup-node@v5
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - name: Install promtool
        run: |
          ${promtool('sudo ')}
      - run: npm run check
      - run: npm run types
      - run: npm test
      - name: What changes in the cluster
        if: github.event_name == 'pull_request'
        env:
          BASE: origin/\${{ github.base_ref }}
        run: |
          npx crowsnest diff --git "$BASE" --markdown > diff.md
          cat diff.md >> "$GITHUB_STEP_SUMMARY"
      - name: Comment on the pull request
        # A fork may not comment.
        if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
        env:
          GH_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.number }}
        run: gh pr comment "$NUMBER" --body-file diff.md --edit-last --create-if-none
`;

/** The pipeline of GitLab: the same, with the diff as an artifact, or as a note if there is a token. */
export const gitlabPipeline = (prometheus: string): string => `default:
  image: node:24
  before_script:
    - npm ci
variables:
  PROMETHEUS: '${prometheus}'
  GIT_DEPTH: '0'
check:
  rules:
    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - |
      ${promtool('')}
    - npm run check
    - npm run types
    - npm test
diff:
  rules:
    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'
  script:
    - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - npx crowsnest diff --git FETCH_HEAD --markdown > diff.md
    # GITLAB_TOKEN is a variable of the project: a project access token with the scope api.
    - |
      if [ -n "\${GITLAB_TOKEN:-}" ]; then
        curl --fail-with-body --silent --show-error --header "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode "body@diff.md" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes" > /dev/null
      fi
  artifacts:
    paths: [diff.md]
    expose_as: What changes in the cluster
`;

/** Renovate: the packages that belong together in one pull request, and promtool. */
export const renovate = {
  $schema: 'https://docs.renovatebot.com/renovate-schema.json',
  extends: ['config:recommended'],
  packageRules: [
    {
      description: 'After an upgrade, run npm run synth, and commit dist/.',
      matchPackageNames: ['crowsnest', 'cdk8s', 'cdk8s-plus-28', 'constructs'],
      groupName: 'crowsnest',
    },
  ],
  customManagers: [
    {
      customType: 'regex',
      managerFilePatterns: ['/^\\.github/workflows/crowsnest\\.yaml$/', '/^\\.gitlab-ci\\.yml$/'],
      matchStrings: ["PROMETHEUS: '(?<currentValue>.+?)'"],
      depNameTemplate: 'prometheus/prometheus',
      datasourceTemplate: 'github-releases',
      extractVersionTemplate: '^v(?<version>.+)$',
    },
  ],
};
