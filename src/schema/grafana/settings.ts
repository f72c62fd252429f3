/**
 * The sections and keys of Grafana's configuration file, with their types: `?` a boolean, `#` a number, `!` a
 * secret, `/` the path of a file from a Secret, otherwise text. From `conf/defaults.ini` of Grafana 9.4 to
 * 11 and https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/ with its pages about
 * authentication. A section whose list ends with `*` can have other keys.
 */
export const settingSections: Readonly<Record<string, string>> = {
  DEFAULT: 'app_mode instance_name force_migration? target',
  paths: 'data temp_data_lifetime logs plugins provisioning permitted_provisioning_paths',
  server:
    'protocol http_addr http_port# min_tls_version domain enforce_domain? root_url serve_from_sub_path? router_logging? static_root_path enable_gzip? cert_file/ cert_key/ cert_pass! certs_watch_interval socket_gid# socket_mode socket cdn_url read_timeout',
  'server.custom_response_headers': '*',
  database:
    'type host name user password! url! max_idle_conn# max_open_conn# conn_max_lifetime# log_queries? ssl_mode ssl_sni isolation_level ca_cert_path/ client_key_path/ client_cert_path/ server_cert_name path cache_mode wal? high_availability? locking_attempt_timeout_sec# query_retries# transaction_retries# migration_locking? instrument_queries? skip_migrations? delete_auto_gen_ids? skip_dashboard_uid_migration_on_startup? ensure_default_org_and_user?',
  remote_cache: 'type connstr! prefix encryption',
  dataproxy:
    'logging? timeout# dialTimeout# keep_alive_seconds# tls_handshake_timeout_seconds# expect_continue_timeout_seconds# max_conns_per_host# max_idle_connections# idle_conn_timeout_seconds# send_user_header? response_limit# row_limit# user_agent',
  analytics:
    'enabled? reporting_enabled? reporting_distributor check_for_updates? check_for_plugin_updates? google_analytics_ua_id google_analytics_4_id google_analytics_4_send_manual_page_views? google_tag_manager_id rudderstack_write_key rudderstack_data_plane_url rudderstack_sdk_url rudderstack_v3_sdk_url rudderstack_config_url rudderstack_integrations_url intercom_secret! application_insights_connection_string! application_insights_endpoint_url application_insights_auto_route_tracking? feedback_links_enabled? browser_console_reporter?',
  security:
    'disable_initial_admin_creation? admin_user admin_password! admin_email secret_key! encryption_provider available_encryption_providers disable_gravatar? data_source_proxy_whitelist disable_brute_force_login_protection? disable_username_login_protection? disable_ip_address_login_protection? brute_force_login_protection_max_attempts# cookie_secure? cookie_samesite allow_embedding? strict_transport_security? strict_transport_security_max_age_seconds# strict_transport_security_preload? strict_transport_security_subdomains? x_content_type_options? x_xss_protection? content_security_policy? content_security_policy_template content_security_policy_report_only? content_security_policy_report_only_template angular_support_enabled? csrf_trusted_origins csrf_additional_headers csrf_always_check? csrf_skip_check_if_login_cookie_not_present? disable_frontend_sandbox_for_plugins enable_frontend_sandbox_for_plugins actions_allow_post_url',
  'security.encryption': 'data_keys_cache_ttl data_keys_cache_cleanup_interval algorithm',
  snapshots:
    'enabled? external_enabled? external_snapshot_url external_snapshot_name public_mode? snapshot_remove_expired?',
  public_dashboards: 'enabled?',
  cloud_migration: 'enabled? is_target? domain gcom_api_token!',
  dashboards:
    'versions_to_keep# min_refresh_interval default_home_dashboard_path dashboard_performance_metrics panel_series_limit#',
  dashboard_cleanup: 'interval batch_size#',
  datasources:
    'datasource_limit# concurrent_query_count# default_manage_alerts_ui_toggle? default_allow_recording_rules_target_alerts_ui_toggle?',
  sql_datasources: 'max_open_conns_default# max_idle_conns_default# max_conn_lifetime_default#',
  users:
    'allow_sign_up? allow_org_create? auto_assign_org? auto_assign_org_id auto_assign_org_role verify_email_enabled? login_default_org_id login_hint password_hint default_theme default_language home_page external_manage_link_url external_manage_link_name external_manage_info viewers_can_edit? editors_can_admin? user_invite_max_lifetime_duration verification_email_max_lifetime_duration hidden_users last_seen_update_interval case_insensitive_login?',
  secretscan: 'enabled? interval base_url revoke?',
  service_accounts: 'token_expiration_day_limit#',
  auth: 'login_cookie_name disable_login? login_maximum_inactive_lifetime_duration login_maximum_inactive_lifetime_days# login_maximum_lifetime_duration login_maximum_lifetime_days# token_rotation_interval_minutes# disable_login_form? disable_signout_menu? signout_redirect_url oauth_auto_login? oauth_login_error_message oauth_refresh_token_server_lock_min_wait_ms# oauth_state_cookie_max_age# oauth_skip_org_role_update_sync? oauth_allow_insecure_email_lookup? api_key_max_seconds_to_live# sigv4_auth_enabled? sigv4_verbose_logging? azure_auth_enabled? azure_skip_org_role_sync? managed_service_accounts_enabled? external_sts_enabled?',
  'auth.anonymous': 'enabled? org_name org_role hide_version? device_limit#',
  'auth.basic': 'enabled? password_policy?',
  'auth.passwordless': 'enabled? code_expiration',
  'auth.extended_jwt': 'enabled? jwks_url expect_audience expect_issuer expect_claims cache_ttl',
  'auth.managed_identity': 'enabled?',
  'auth.proxy':
    'enabled? header_name header_property auto_sign_up? ldap_sync_ttl# sync_ttl# whitelist headers headers_encoded? enable_login_token?',
  'auth.jwt':
    'enabled? enable_login_token? header_name email_claim username_claim email_attribute_path username_attribute_path jwk_set_url jwk_set_file/ jwk_set_bearer_token_file/ cache_ttl expect_claims key_file/ key_id role_attribute_path role_attribute_strict? groups_attribute_path auto_sign_up? url_login? allow_assign_grafana_admin? skip_org_role_sync? org_mapping org_attribute_path tls_client_ca/ tls_skip_verify_insecure?',
  'auth.ldap':
    'enabled? config_file allow_sign_up? skip_org_role_sync? sync_cron active_sync_enabled?',
  aws: 'allowed_auth_providers assume_role_enabled? list_metrics_page_limit# external_id session_duration forward_settings_to_plugins per_datasource_http_proxy_enabled?',
  azure:
    'cloud managed_identity_enabled? managed_identity_client_id clouds_config workload_identity_enabled? workload_identity_tenant_id workload_identity_client_id workload_identity_token_file user_identity_enabled? user_identity_fallback_credentials_enabled? user_identity_token_url user_identity_client_authentication user_identity_client_id user_identity_client_secret! user_identity_managed_identity_client_id user_identity_federated_credential_audience username_assertion? forward_settings_to_plugins azure_entra_password_credentials_enabled?',
  rbac: 'permission_cache? permission_validation_enabled? reset_basic_roles? only_store_access_action_sets? resources_with_managed_permissions_on_creation resources_with_wildcard_scope_on_creation',
  smtp: 'enabled? host user password! cert_file/ key_file/ skip_verify? from_address from_name ehlo_identity startTLS_policy static_headers enable_tracing?',
  'smtp.static_headers': '*',
  emails: 'welcome_email_on_sign_up? templates_pattern content_types',
  log: 'mode level filters text_format user_facing_default_error dd_source_name',
  'log.console': 'level format',
  'log.file':
    'level format file_name log_rotate? max_lines# max_size_shift# daily_rotate? max_days#',
  'log.syslog': 'level format network address facility tag',
  'log.frontend':
    'enabled? provider sentry_dsn custom_endpoint sample_rate# log_endpoint_requests_per_second_limit# log_endpoint_burst_limit# instrumentations_errors_enabled? instrumentations_all_enabled? instrumentations_console_enabled? instrumentations_webvitals_enabled? instrumentations_tracing_enabled? web_vitals_attribution_enabled? internal_logger_level api_key! bot_filter_enabled?',
  quota:
    'enabled? org_user# org_dashboard# org_data_source# org_api_key# org_alert_rule# user_org# global_user# global_org# global_dashboard# global_api_key# global_session# global_alert_rule# global_file# global_correlations# alerting_rule_group_rules# alerting_rule_evaluation_results#',
  unified_alerting:
    'enabled? disabled_orgs admin_config_poll_interval alertmanager_config_poll_interval alertmanager_max_silences_count# alertmanager_max_silence_size_bytes# ha_redis_cluster_mode_enabled? ha_redis_address ha_redis_username ha_redis_password! ha_redis_db# ha_redis_prefix ha_redis_peer_name ha_redis_max_conns# ha_redis_tls_enabled? ha_redis_tls_cert_path/ ha_redis_tls_key_path/ ha_redis_tls_key_password! ha_redis_tls_ca_path/ ha_redis_tls_server_name ha_redis_tls_insecure_skip_verify? ha_redis_tls_cipher_suites ha_redis_tls_min_version ha_listen_address ha_advertise_address ha_peers ha_label ha_peer_timeout ha_gossip_interval ha_reconnect_timeout ha_push_pull_interval execute_alerts? evaluation_timeout max_attempts# min_interval default_rule_evaluation_interval resolved_alert_retention initialization_timeout notification_log_retention rule_version_record_limit# disable_jitter? stale_alert_instance_retention deleted_rule_retention state_periodic_save_interval state_periodic_save_batch_size# save_state_compressed? evaluation_result_limit# run_in_background?',
  'unified_alerting.screenshots':
    'capture? capture_timeout max_concurrent_screenshots# upload_external_image_storage?',
  'unified_alerting.reserved_labels': 'disabled_labels',
  'unified_alerting.state_history':
    'enabled? backend primary secondaries loki_remote_url loki_remote_read_url loki_remote_write_url loki_tenant_id loki_basic_auth_username loki_basic_auth_password! loki_max_query_length loki_max_query_size# prometheus_target_datasource_uid prometheus_metric_name prometheus_write_timeout',
  'unified_alerting.state_history.external_labels': '*',
  'unified_alerting.state_history.annotations': 'max_age max_annotations_to_keep#',
  'unified_alerting.prometheus_conversion': 'rule_query_offset default_datasource_uid',
  'unified_alerting.upgrade': 'clean_upgrade?',
  recording_rules:
    'enabled? url basic_auth_username basic_auth_password! timeout default_datasource_uid',
  'recording_rules.custom_headers': '*',
  remote_alertmanager: 'url tenant password! sync_interval timeout',
  alerting:
    'enabled? execute_alerts? error_or_timeout nodata_or_nullvalues concurrent_render_limit# evaluation_timeout_seconds# notification_timeout_seconds# max_attempts# min_interval_seconds# max_annotation_age max_annotations_to_keep#',
  annotations: 'cleanupjob_batchsize# tags_length#',
  'annotations.dashboard': 'max_age max_annotations_to_keep#',
  'annotations.api': 'max_age max_annotations_to_keep#',
  explore: 'enabled? defaultTimeOffset hide_logs_download?',
  help: 'enabled?',
  profile: 'enabled?',
  news: 'news_feed_enabled?',
  query: 'concurrent_query_limit#',
  query_history: 'enabled?',
  short_links: 'expire_time#',
  metrics:
    'enabled? interval_seconds# disable_total_stats? total_stats_collector_interval_seconds# basic_auth_username basic_auth_password!',
  'metrics.environment_info': '*',
  'metrics.graphite': 'address prefix',
  grafana_net: 'url',
  grafana_com: 'url api_url sso_api_token!',
  'tracing.jaeger':
    'address always_included_tag sampler_type sampler_param# sampling_server_url zipkin_propagation? disable_shared_zipkin_spans?',
  'tracing.opentelemetry': 'custom_attributes sampler_type sampler_param# sampling_server_url',
  'tracing.opentelemetry.jaeger': 'address propagation',
  'tracing.opentelemetry.otlp': 'address propagation insecure?',
  external_image_storage: 'provider',
  'external_image_storage.s3':
    'endpoint path_style_access? bucket_url bucket region path access_key! secret_key!',
  'external_image_storage.webdav': 'url username password! public_url',
  'external_image_storage.gcs': 'key_file/ bucket path enable_signed_urls? signed_url_expiration',
  'external_image_storage.azure_blob':
    'account_name account_key! container_name sas_token_expiration_days#',
  'external_image_storage.local': '*',
  rendering:
    'server_url callback_url renderer_token! concurrent_render_request_limit# render_key_lifetime default_image_width# default_image_height# default_image_scale#',
  panels: 'enable_alpha? disable_sanitize_html?',
  plugins:
    'enable_alpha? app_tls_skip_verify_insecure? allow_loading_unsigned_plugins plugin_admin_enabled? plugin_admin_external_manage_enabled? plugin_catalog_url plugin_catalog_hidden_plugins public_key_retrieval_disabled? public_key_retrieval_on_startup? disable_plugins hide_angular_deprecation forward_host_env_vars preinstall preinstall_sync preinstall_async? preinstall_disabled? preinstall_auto_update? install_token! log_backend_requests? cdn_base_url update_strategy',
  live: 'max_connections# message_size_limit# allowed_origins ha_engine ha_engine_address ha_engine_password! ha_prefix client_queue_max_size#',
  'plugin.grafana-image-renderer': '*',
  enterprise: 'license_path/ license_text!',
  feature_toggles: 'enable *',
  'feature_toggles.openfeature': '*',
  feature_management:
    'allow_editing? hidden_toggles read_only_toggles update_webhook update_webhook_token!',
  date_formats:
    'full_date interval_second interval_minute interval_hour interval_day interval_month interval_year use_browser_locale? default_timezone default_week_start',
  expressions:
    'enabled? sql_expression_cell_limit# sql_expression_output_cell_limit# sql_expression_query_length_limit# sql_expression_timeout',
  geomap: 'default_baselayer_config enable_custom_baselayers?',
  'dashboard_previews.crawler':
    'thread_count# rendering_timeout max_crawl_duration scheduler_interval',
  support_bundles: 'enabled? server_admin_only? public_keys',
  storage: 'allow_unsanitized_svg_upload?',
  search: 'dashboard_loading_batch_size# full_reindex_interval index_update_interval',
  sso_settings: 'reload_interval configurable_providers',
  'navigation.app_sections': '*',
  'navigation.app_standalone_pages': '*',
  secure_socks_datasource_proxy:
    'enabled? root_ca_cert/ client_key/ client_cert/ server_name proxy_address show_ui? allow_insecure?',
  grpc_server:
    'network address use_tls? cert_file/ key_file/ enable_logging? max_recv_msg_size# max_send_msg_size#',
  caching: 'enabled?',
  environment: 'stack_id external',
  time_picker: 'quick_ranges',
  userprofile: 'enabled?',
  'grafana-apiserver': '*',
  unified_storage: '*',
  provisioning: 'allowed_targets allow_image_rendering? min_sync_interval repository_types',
};

// Sections that only Grafana Enterprise reads: https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/enterprise-configuration/
export const enterpriseSections =
  /^(?:auth\.saml|auth\.scim|enterprise|white_labeling(?:\..+)?|usage_insights(?:\..+)?|auditing(?:\..+)?|analytics\.(?:summaries|views)|reporting|caching(?:\..+)|recorded_queries|security\.egress|keystore\.vault|licensing)$/;

const provider =
  'name icon enabled? allow_sign_up? auto_login? client_id client_secret! scopes empty_scopes? auth_url token_url api_url signout_redirect_url allowed_domains role_attribute_path role_attribute_strict? allow_assign_grafana_admin? skip_org_role_sync? org_mapping org_attribute_path tls_skip_verify_insecure? tls_client_cert/ tls_client_key/ tls_client_ca/ use_pkce? use_refresh_token? auth_style login_prompt client_authentication validate_id_token? jwk_set_url groups_attribute_path id_token_attribute_name';

/** Sections of login providers. */
export const providerSections: Readonly<Record<string, string>> = {
  'auth.generic_oauth': `${provider} email_attribute_name email_attribute_path login_attribute_path name_attribute_path team_ids_attribute_path teams_url team_ids allowed_organizations allowed_groups`,
  'auth.google': `${provider} allowed_groups hosted_domain validate_hd?`,
  'auth.github': `${provider} team_ids allowed_organizations`,
  'auth.gitlab': `${provider} allowed_groups`,
  'auth.azuread': `${provider} allowed_groups allowed_organizations force_use_graph_api? managed_identity_client_id federated_credential_audience workload_identity_token_file domain_hint`,
  'auth.okta': `${provider} allowed_groups`,
  'auth.grafana_com': `${provider} allowed_organizations`,
  'auth.grafananet': `${provider} allowed_organizations`,
};
