import { functionRunsASupportedRuntime } from "./functions/functionRunsASupportedRuntime";
import { functionRunsOnArm } from "./functions/functionRunsOnArm";
import { functionHasItsOwnRole } from "./functions/functionHasItsOwnRole";
import { functionLogsToItsOwnGroup } from "./functions/functionLogsToItsOwnGroup";
import { functionIsTraced } from "./functions/functionIsTraced";
import { functionSetsItsTimeout } from "./functions/functionSetsItsTimeout";
import { functionKeepsNoSecretInItsEnvironment } from "./functions/functionKeepsNoSecretInItsEnvironment";
import { functionAdmitsNamedCallers } from "./functions/functionAdmitsNamedCallers";
import { batchConsumerReportsSingleFailures } from "./functions/batchConsumerReportsSingleFailures";
import { queueConsumerIsBounded } from "./functions/queueConsumerIsBounded";
import { productionConsumerReservesItsConcurrency } from "./functions/productionConsumerReservesItsConcurrency";
import { streamReaderKeepsWhatItGivesUp } from "./functions/streamReaderKeepsWhatItGivesUp";
import { eventFunctionKeepsFailedCalls } from "./functions/eventFunctionKeepsFailedCalls";
import { rolePolicyNamesItsActions } from "./roles/rolePolicyNamesItsActions";
import { rolePolicyNamesItsResources } from "./roles/rolePolicyNamesItsResources";
import { roleHasNoManagedPolicy } from "./roles/roleHasNoManagedPolicy";
import { roleIsAssumedByOneService } from "./roles/roleIsAssumedByOneService";
import { queueIsEncrypted } from "./queues/queueIsEncrypted";
import { queueTakesTlsOnly } from "./queues/queueTakesTlsOnly";
import { queueIsNotPublic } from "./queues/queueIsNotPublic";
import { queueKeepsFailures } from "./queues/queueKeepsFailures";
import { deadLettersOutliveTheirQueue } from "./queues/deadLettersOutliveTheirQueue";
import { queueHidesMessagesLongEnough } from "./queues/queueHidesMessagesLongEnough";
import { queueTriesOftenEnough } from "./queues/queueTriesOftenEnough";
import { failureQueueHasAnAlarm } from "./queues/failureQueueHasAnAlarm";
import { topicIsEncrypted } from "./topics/topicIsEncrypted";
import { topicTakesTlsOnly } from "./topics/topicTakesTlsOnly";
import { topicIsNotPublic } from "./topics/topicIsNotPublic";
import { alarmTopicKeyAdmitsCloudwatch } from "./topics/alarmTopicKeyAdmitsCloudwatch";
import { eventBusHasAPolicy } from "./buses/eventBusHasAPolicy";
import { eventBusIsClosed } from "./buses/eventBusIsClosed";
import { ruleTargetKeepsUndelivered } from "./buses/ruleTargetKeepsUndelivered";
import { tableCanBeRestored } from "./tables/tableCanBeRestored";
import { tableIsEncrypted } from "./tables/tableIsEncrypted";
import { productionTableRefusesDeletion } from "./tables/productionTableRefusesDeletion";
import { tableGrowsWithDemand } from "./tables/tableGrowsWithDemand";
import { temporaryRowsExpire } from "./tables/temporaryRowsExpire";
import { tablePolicyLetsNobodyIn } from "./tables/tablePolicyLetsNobodyIn";
import { bucketBlocksPublicAccess } from "./buckets/bucketBlocksPublicAccess";
import { bucketTakesTlsOnly } from "./buckets/bucketTakesTlsOnly";
import { bucketIsEncrypted } from "./buckets/bucketIsEncrypted";
import { bucketKeepsVersions } from "./buckets/bucketKeepsVersions";
import { bucketHasALifecycle } from "./buckets/bucketHasALifecycle";
import { bucketHasNoAcls } from "./buckets/bucketHasNoAcls";
import { bucketPolicyNamesNoStranger } from "./buckets/bucketPolicyNamesNoStranger";
import { bucketLogsAccess } from "./buckets/bucketLogsAccess";
import { productionBucketRefusesDeletion } from "./buckets/productionBucketRefusesDeletion";
import { stateMachineLogsItsExecutions } from "./workflows/stateMachineLogsItsExecutions";
import { stateMachineIsTraced } from "./workflows/stateMachineIsTraced";
import { tasksHaveTimeouts } from "./workflows/tasksHaveTimeouts";
import { tasksAreRetried } from "./workflows/tasksAreRetried";
import { productionLogsNoPayload } from "./workflows/productionLogsNoPayload";
import { apiStageLogsAccess } from "./api/apiStageLogsAccess";
import { apiStageIsTraced } from "./api/apiStageIsTraced";
import { apiCacheIsEncrypted } from "./api/apiCacheIsEncrypted";
import { apiValidatesRequests } from "./api/apiValidatesRequests";
import { apiMethodsKnowTheirCaller } from "./api/apiMethodsKnowTheirCaller";
import { apiSpeaksModernTls } from "./api/apiSpeaksModernTls";
import { apiStageLogsWhatGoesWrong } from "./api/apiStageLogsWhatGoesWrong";
import { apiStageIsThrottled } from "./api/apiStageIsThrottled";
import { apiLogsNoBodies } from "./api/apiLogsNoBodies";
import { productionApiHasAWebAcl } from "./api/productionApiHasAWebAcl";
import { webAclKeepsAttacksOut } from "./api/webAclKeepsAttacksOut";
import { webAclIsMeasured } from "./api/webAclIsMeasured";
import { alarmActs } from "./alarms/alarmActs";
import { alarmSaysWhatSilenceMeans } from "./alarms/alarmSaysWhatSilenceMeans";
import { alarmDescribesItself } from "./alarms/alarmDescribesItself";
import { functionErrorsAreWatched } from "./alarms/functionErrorsAreWatched";
import { logGroupForgets } from "./logs/logGroupForgets";
import { productionLogsAreKept } from "./logs/productionLogsAreKept";
import { logPolicyNamesItsWriter } from "./logs/logPolicyNamesItsWriter";
import { keyRotates } from "./keys/keyRotates";
import { keyIsNotPublic } from "./keys/keyIsNotPublic";
import { keyCanBeSaved } from "./keys/keyCanBeSaved";
import { databaseIsEncrypted } from "./databases/databaseIsEncrypted";
import { databaseAdmitsRoles } from "./databases/databaseAdmitsRoles";
import { productionDatabaseRefusesDeletion } from "./databases/productionDatabaseRefusesDeletion";
import { databaseHasItsOwnPort } from "./databases/databaseHasItsOwnPort";
import { databaseKeepsBackups } from "./databases/databaseKeepsBackups";
import { databaseSnapshotsKeepTags } from "./databases/databaseSnapshotsKeepTags";
import { databaseAdministratorHasAName } from "./databases/databaseAdministratorHasAName";
import { databaseKeepsNoPassword } from "./databases/databaseKeepsNoPassword";
import { databaseHandsOutItsLog } from "./databases/databaseHandsOutItsLog";
import { productionDatabaseSpansZones } from "./databases/productionDatabaseSpansZones";
import { databaseTakesTlsOnly } from "./databases/databaseTakesTlsOnly";
import { databaseInstanceIsPrivate } from "./databases/databaseInstanceIsPrivate";
import { databaseInstanceUpgradesItself } from "./databases/databaseInstanceUpgradesItself";
import { nothingIsOpenToTheWorld } from "./network/nothingIsOpenToTheWorld";
import { securityGroupIsDescribed } from "./network/securityGroupIsDescribed";
import { defaultSecurityGroupIsEmpty } from "./network/defaultSecurityGroupIsEmpty";
import { resourcesAreTagged } from "./stack/resourcesAreTagged";
import { productionNamesItsAccount } from "./stack/productionNamesItsAccount";
import type { Rule } from "./rule";

/** Every rule of the pack; each in the file that its name says. */
export const RULES: readonly Rule[] = [
  functionRunsASupportedRuntime,
  functionRunsOnArm,
  functionHasItsOwnRole,
  functionLogsToItsOwnGroup,
  functionIsTraced,
  functionSetsItsTimeout,
  functionKeepsNoSecretInItsEnvironment,
  functionAdmitsNamedCallers,
  batchConsumerReportsSingleFailures,
  queueConsumerIsBounded,
  productionConsumerReservesItsConcurrency,
  streamReaderKeepsWhatItGivesUp,
  eventFunctionKeepsFailedCalls,
  rolePolicyNamesItsActions,
  rolePolicyNamesItsResources,
  roleHasNoManagedPolicy,
  roleIsAssumedByOneService,
  queueIsEncrypted,
  queueTakesTlsOnly,
  queueIsNotPublic,
  queueKeepsFailures,
  deadLettersOutliveTheirQueue,
  queueHidesMessagesLongEnough,
  queueTriesOftenEnough,
  failureQueueHasAnAlarm,
  topicIsEncrypted,
  topicTakesTlsOnly,
  topicIsNotPublic,
  alarmTopicKeyAdmitsCloudwatch,
  eventBusHasAPolicy,
  eventBusIsClosed,
  ruleTargetKeepsUndelivered,
  tableCanBeRestored,
  tableIsEncrypted,
  productionTableRefusesDeletion,
  tableGrowsWithDemand,
  temporaryRowsExpire,
  tablePolicyLetsNobodyIn,
  bucketBlocksPublicAccess,
  bucketTakesTlsOnly,
  bucketIsEncrypted,
  bucketKeepsVersions,
  bucketHasALifecycle,
  bucketHasNoAcls,
  bucketPolicyNamesNoStranger,
  bucketLogsAccess,
  productionBucketRefusesDeletion,
  stateMachineLogsItsExecutions,
  stateMachineIsTraced,
  tasksHaveTimeouts,
  tasksAreRetried,
  productionLogsNoPayload,
  apiStageLogsAccess,
  apiStageIsTraced,
  apiCacheIsEncrypted,
  apiValidatesRequests,
  apiMethodsKnowTheirCaller,
  apiSpeaksModernTls,
  apiStageLogsWhatGoesWrong,
  apiStageIsThrottled,
  apiLogsNoBodies,
  productionApiHasAWebAcl,
  webAclKeepsAttacksOut,
  webAclIsMeasured,
  alarmActs,
  alarmSaysWhatSilenceMeans,
  alarmDescribesItself,
  functionErrorsAreWatched,
  logGroupForgets,
  productionLogsAreKept,
  logPolicyNamesItsWriter,
  keyRotates,
  keyIsNotPublic,
  keyCanBeSaved,
  databaseIsEncrypted,
  databaseAdmitsRoles,
  productionDatabaseRefusesDeletion,
  databaseHasItsOwnPort,
  databaseKeepsBackups,
  databaseSnapshotsKeepTags,
  databaseAdministratorHasAName,
  databaseKeepsNoPassword,
  databaseHandsOutItsLog,
  productionDatabaseSpansZones,
  databaseTakesTlsOnly,
  databaseInstanceIsPrivate,
  databaseInstanceUpgradesItself,
  nothingIsOpenToTheWorld,
  securityGroupIsDescribed,
  defaultSecurityGroupIsEmpty,
  resourcesAreTagged,
  productionNamesItsAccount,
];
